const closers: (() => Promise<unknown>)[] = [];

/** Has something closed when the test file's last test is done. */
export const whenFileEnds = (close: () => Promise<unknown>): void => void closers.push(close);

export const closeEverything = (): Promise<unknown> => Promise.all(closers.splice(0).map((close) => close()));
