import { readBeginning } from "#lib/mail/bounces/collect-bounces.ts";
import { type BounceTaken, MOST_OF_A_MAIL, takeBounce } from "#lib/mail/bounces/take-bounce.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command } from "./command.ts";

const words: Readonly<Record<BounceTaken["taken"], string>> = {
  recorded: "taken in",
  unchanged: "was known",
  unknown: "names a letter that is not there any more",
  too_late: "comes back more than two weeks after it left; nothing is changed",
  not_ours: "a bounce without a mark of this portal; nothing is changed",
};

export const bounce: Command = {
  summary: "take in a letter that came back as mail",
  help: `Usage: npm run kunci -- bounce [--json] [FILE|-]

Reads one mail from a file, or from the standard input: for a mail server that pipes what comes to the address of MAIL_FROM here. Where
it is a bounce (RFC 3464, or an older one in words, also forwarded) of a letter of this portal, known by the mark that the letter went
out with, the letter and its mailbox are marked. Any other mail changes nothing. May be repeated. Ends with 0 in all of these cases, so
that a mail server does not bounce the bounce. --json prints [{ "letterId", "taken" }], empty where it is no bounce.`,
  options: ["--json"],
  operands: 1,
  run: async (options, { operands: [file = "-"] }) => {
    const mail = file === "-" ? await readInput() : await readBeginning(file);
    const taken = await actAsOperator((ctx) => takeBounce(ctx, mail));
    if (options.has("--json")) console.log(JSON.stringify(taken, null, 2));
    else if (taken.length === 0) console.log("This is no bounce; nothing is changed.");
    else
      for (const { letterId, taken: what } of taken)
        console.log(`${letterId ? `Letter ${letterId}: ` : ""}${words[what]}`);
    return 0;
  },
};

/** Everything is read, since who pipes it would fail otherwise; what is beyond the limit is let go. */
async function readInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin as AsyncIterable<Buffer>) {
    if (length < MOST_OF_A_MAIL) parts.push(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}
