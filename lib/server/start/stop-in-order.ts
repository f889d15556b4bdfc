/** What a start has begun, so that its end undoes it from the last to the first. */
export type Begun = {
  add: (undo: () => Promise<unknown> | unknown) => void;
  /** Undoes everything, once however often it is asked. What fails does not keep the rest from ending. */
  undo: () => Promise<void>;
};

export function stopInOrder(): Begun {
  const undoings: (() => Promise<unknown> | unknown)[] = [];
  let ending: Promise<void> | undefined;
  const undo = async (): Promise<void> => {
    // Taken one at a time: a start that is still under way may be adding.
    for (let next = undoings.pop(); next; next = undoings.pop()) await Promise.resolve(next()).catch(() => undefined);
  };
  return {
    add: (undoing) => void undoings.push(undoing),
    undo: () => {
      ending ??= undo();
      return ending;
    },
  };
}
