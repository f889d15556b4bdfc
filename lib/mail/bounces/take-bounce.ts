import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { letter as letters } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, days } from "#lib/kernel/time.ts";
import type { Outcome } from "../delivery/advance-letter.ts";
import { judgeBounce } from "../delivery/judge-bounce.ts";
import { type Recorded, recordOutcome } from "../delivery/record-outcome.ts";
import { letterOfMark } from "./letter-mark.ts";
import { type FoundBounce, type Report, readBounces } from "./read-bounce.ts";

type Row = typeof letters.$inferSelect;

/** `not_ours`: a bounce without a mark that we made; `too_late`: of a letter from long ago. Neither changes anything. */
export type BounceTaken = { letterId: string; taken: Recorded | "too_late" } | { letterId: null; taken: "not_ours" };

/**
 * Servers give up after four or five days (RFC 5321 §4.5.4.1). A mark stands in the letter, so whoever comes by an old one
 * could keep every later letter from its reader.
 */
const COMES_BACK_WITHIN = days(14);

/** A mail that came back and is longer than this is read as far as this: reports stand in front of what they return. */
export const MOST_OF_A_MAIL = 1024 * 1024;

/**
 * Takes in a mail that came to where letters come from: every bounce in it moves its letter. Empty where it is no bounce.
 * Whoever sends one must know the mark that the letter went out with. Safe to repeat.
 */
export async function takeBounce(ctx: Context, mail: Buffer): Promise<BounceTaken[]> {
  const found = readBounces(mail.subarray(0, MOST_OF_A_MAIL).toString("latin1"));
  const taken: BounceTaken[] = [];
  for (const bounce of found) taken.push(await takeOne(ctx, bounce));
  return taken;
}

function takeOne(ctx: Context, { report, marks }: FoundBounce): Promise<BounceTaken> {
  const letterId = marks.map((mark) => letterOfMark(ctx.keys, mark)).find((id) => id !== null);
  if (!letterId) return Promise.resolve({ letterId: null, taken: "not_ours" });
  return ctx.db.transaction(async (tx) => ({ letterId, taken: await takeReport(tx, ctx, letterId, report) }));
}

async function takeReport(tx: Tx, ctx: Context, letterId: string, report: Report): Promise<Recorded | "too_late"> {
  const [row] = await tx.select().from(letters).where(eq(letters.id, letterId));
  if (!row) return "unknown";
  if ((row.handedOverAt ?? row.createdAt) < before(ctx.now(), COMES_BACK_WITHIN)) return "too_late";
  return recordOutcome(tx, ctx, letterId, outcomeOf(report, row, ctx.now()));
}

/** The mail's own times are its sender's to write, so it counts from when it is read. */
function outcomeOf({ action, told, ...recipients }: Report, { to }: Row, at: Date): Outcome {
  const bounce = judgeBounce(told);
  if (action === "delivered") return { what: "delivered", at };
  if (action === "delayed") return { what: "delayed", at, reason: ["delayed", bounce.code].filter(Boolean).join("_") };
  return { what: "bounced", at, bounce, forwarded: wasForwarded(to, recipients) };
}

/**
 * Whether it failed at an address that the mailbox sends everything on to. An agency's own servers know people under other
 * names within the same domain, and say then whom it was for.
 */
function wasForwarded(
  to: string,
  { finalRecipient, originalRecipient }: Pick<Report, "finalRecipient" | "originalRecipient">,
): boolean {
  const address = to.toLowerCase();
  if (finalRecipient === null || finalRecipient === address || originalRecipient === address) return false;
  return domainOf(finalRecipient) !== domainOf(address);
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);
