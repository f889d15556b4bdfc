export type Line = {
  bench: string;
  case?: string;
  ratio?: number;
  ours: number;
  reference?: number;
  unit: string;
  [more: string]: unknown;
};

/** One line of JSON per value, as the outside of the product promises it. */
export function report(line: Line): void {
  console.log(JSON.stringify(line, (_, value) => (typeof value === "number" ? round(value) : value)));
}

/** `ratio` is ours over the reference's. */
export const compare = (
  bench: string,
  name: string | undefined,
  ours: number,
  reference: number,
  unit: string,
  more: Record<string, unknown> = {},
): void =>
  report({ bench, ...(name !== undefined && { case: name }), ratio: ours / reference, ours, reference, unit, ...more });

/** What is being done, for whoever waits; not on the standard output, where the lines are. */
export const say = (words: string): void => void process.stderr.write(`${words}\n`);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error("Nothing was measured");
  return (low + high) / 2;
}

/** Four significant figures; whole numbers stay whole. */
const round = (value: number) => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));
