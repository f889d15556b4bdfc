/** 0: done, all is well · 1: it could not be done, or something is not well · 2: the command was not understood. */
export type ExitCode = 0 | 1 | 2;

type Option = `--${string}`;

export type Command = {
  /** One line for the overview. */
  summary: string;
  help: string;
  /** The switches it knows, besides --help. */
  options: readonly Option[];
  /** The options that are followed by a value: `--head FILE`. */
  valued?: readonly Option[];
  /** How many words it takes that are no options, such as a file: this many at most, none where it is not said. */
  operands?: number;
  run: (options: ReadonlySet<string>, given: Given) => Promise<ExitCode>;
};

/** What was given besides switches. `-` is an operand. */
export type Given = { values: ReadonlyMap<string, string>; operands: readonly string[] };

/** Takes a command's arguments apart. Refused with the words for it where it does not know one, or a value is missing. */
export function readArguments(
  { options, valued = [], operands = 0 }: Pick<Command, "options" | "valued" | "operands">,
  args: readonly string[],
): { switches: ReadonlySet<string>; given: Given } | { refused: string } {
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const others: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if ((valued as readonly string[]).includes(arg)) {
      const value = left.shift();
      if (value === undefined || value.startsWith("--")) return { refused: `misses what follows "${arg}"` };
      values.set(arg, value);
    } else if ((options as readonly string[]).includes(arg)) switches.add(arg);
    else if ((!arg.startsWith("-") || arg === "-") && others.length < operands) others.push(arg);
    else return { refused: `does not know "${arg}"` };
  }
  return { switches, given: { values, operands: others } };
}
