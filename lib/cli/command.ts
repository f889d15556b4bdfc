/** 0: done, all is well · 1: it could not be done, or something is not well · 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2;

export type Command = {
  /** One line for the overview. */
  summary: string;
  help: string;
  /** The switches it knows, besides --help. */
  options: readonly `--${string}`[];
  run: (options: ReadonlySet<string>) => Promise<ExitCode>;
};
