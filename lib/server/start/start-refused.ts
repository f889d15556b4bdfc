/** Told to the operator: each line names one thing to put right. */
export class StartRefused extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.name = "StartRefused";
    this.lines = lines;
  }
}
