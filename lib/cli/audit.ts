import fs from "node:fs/promises";
import { z } from "zod";
import { type Head, headOfTrail } from "#lib/audit/seal/last-seal.ts";
import { type Break, type Verdict, verifyTrail } from "#lib/audit/seal/verify-trail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, minutes } from "#lib/kernel/time.ts";
import { actAsOperator } from "./act-as-operator.ts";
import type { Command, ExitCode } from "./command.ts";

/** Three rounds of the sealing job: longer than that, and no instance seals. */
const UNSEALED_TOO_LONG = minutes(15);

export const audit: Command = {
  summary: "look whether the audit trail is as it was sealed, or print its head",
  help: `Usage: npm run kunci -- audit verify [--head FILE] [--json]
       npm run --silent kunci -- audit head > FILE

verify  goes through every sealed event and names the first that was changed, removed, slipped in or moved, or the seal that is not
        the portal's. Ends with 1 where one is. Needs the portal's keys, and no more than the right to read. --head FILE: the trail
        must still reach the head that was kept there, so that a tail cut off shows. --json prints
        { "broken", "seals", "events", "unsealed": { "events", "oldest" } }; "broken" is null where all is well.
head    prints the newest seal as JSON: keep it where nobody who can reach the database can reach it. The portal also logs it once a
        day ("job": "audit-head").`,
  options: ["--json"],
  valued: ["--head"],
  operands: 1,
  run: async (options, { values, operands: [what] }) => {
    if (what !== "verify" && what !== "head") {
      console.error(`kunci: audit verify, or audit head?\n\n${audit.help}`);
      return 2;
    }
    const file = values.get("--head");
    const head = file === undefined ? null : await readHead(file);
    return actAsOperator((ctx) => (what === "head" ? printHead(ctx) : verify(ctx, head, options.has("--json"))));
  },
};

const headShape = z.object({
  number: z.int().positive(),
  lastId: z.int(),
  sealedAt: z.iso.datetime(),
  signature: z.string().min(1),
});

/** Throws a plain message. Lines before the JSON are passed over: npm prints some where it is not told to be silent. */
export async function readHead(file: string): Promise<Head> {
  const text = await fs.readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    throw new Error(`The file of the head cannot be read (${fault.code})`);
  });
  try {
    return headShape.parse(JSON.parse(text.slice(text.indexOf("{"))));
  } catch {
    throw new Error("The file holds no head of a trail, as audit head prints it");
  }
}

async function printHead(ctx: Context): Promise<ExitCode> {
  const head = await headOfTrail(ctx);
  if (!head) {
    console.error("kunci: nothing is sealed yet");
    return 1;
  }
  console.log(JSON.stringify(head));
  return 0;
}

async function verify(ctx: Context, head: Head | null, json: boolean): Promise<ExitCode> {
  const verdict = await verifyTrail(ctx, head);
  if (json) console.log(JSON.stringify(verdict, null, 2));
  else for (const line of said(verdict, ctx.now())) console.log(line);
  return verdict.broken ? 1 : 0;
}

function said({ broken, seals, events, unsealed }: Verdict, now: Date): string[] {
  if (broken)
    return [`BROKEN  ${wordsOf(broken)}`, `${events} events in ${seals} seals before it are as they were sealed.`];
  const late = unsealed.oldest !== null && unsealed.oldest < before(now, UNSEALED_TOO_LONG);
  return [
    `ok      ${events} events in ${seals} seals are as they were sealed.`,
    ...(unsealed.events > 0 ? [`        ${unsealed.events} wait to be sealed.`] : []),
    ...(late ? ["LATE    Some have waited for more than 15 minutes: does an instance with WORKER=on work?"] : []),
  ];
}

function wordsOf(broken: Break): string {
  const { what, seal } = broken;
  if (what === "changed") return `Event ${broken.event} says something else than when it was sealed (seal ${seal}).`;
  if (what === "missing") return `Event ${broken.event} was removed after it was sealed (seal ${seal}).`;
  if (what === "inserted")
    return `Event ${broken.event} was slipped in after its neighbours were sealed (seal ${seal}).`;
  if (what === "reordered") return `Event ${broken.event} was sealed as event ${broken.was} (seal ${seal}).`;
  if (what === "seal_changed") return `Seal ${seal} is not as the portal made it.`;
  if (what === "seal_missing") return `Seal ${seal} was removed.`;
  if (what === "key_missing")
    return `Seal ${seal} was made with the audit key "${broken.keyId}", which is not among the keys.`;
  if (what === "redaction_changed")
    return `Seal ${seal} was made anew when addresses were forgotten, and that is not as the portal made it.`;
  if (what === "tail_cut")
    return `The trail ends at seal ${broken.lastSeal}, and reached seal ${seal} when the head was kept.`;
  return `Seal ${seal} is another than the one in the head: what came before it was written anew.`;
}
