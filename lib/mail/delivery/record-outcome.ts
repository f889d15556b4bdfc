import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { letter as letters } from "#db/schema/mail.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { advance, type Outcome, type Standing } from "./advance-letter.ts";
import { clearByDelivery, markMailbox } from "./mark-mailbox.ts";

type Row = typeof letters.$inferSelect;

/** `unchanged`: it was known, or something later was. `unknown`: there is no such letter. */
export type Recorded = "recorded" | "unchanged" | "unknown";

/**
 * Takes in what is heard of a letter: moves it forward, notes what that says of its mailbox, and records it. Safe to
 * repeat and in any order. Whoever calls has made sure that it is true. A time that lies ahead counts as now.
 */
export async function recordOutcome(tx: Tx, ctx: Context, letterId: string, heard: Outcome): Promise<Recorded> {
  const [row] = await tx.select().from(letters).where(eq(letters.id, letterId)).for("update");
  if (!row) return "unknown";
  const outcome = heard.at > ctx.now() ? { ...heard, at: ctx.now() } : heard;
  const next = advance(row, outcome);
  if (!next) return "unchanged";
  const { state, reason, deliveredAt, bouncedAt } = next;
  await tx.update(letters).set({ state, reason, deliveredAt, bouncedAt }).where(eq(letters.id, letterId));
  await noteMailbox(tx, row, outcome);
  if (state !== row.state) await tellTrail(tx, ctx, row, next);
  return "recorded";
}

/** The provider's own name of a letter, for its operator to find it there. The first one stays. */
export async function keepProviderId(tx: Tx, letterId: string, providerId: string): Promise<void> {
  const [row] = await tx.select({ known: letters.providerId }).from(letters).where(eq(letters.id, letterId));
  if (row?.known === null) await tx.update(letters).set({ providerId }).where(eq(letters.id, letterId));
}

async function noteMailbox(tx: Tx, letter: Row, outcome: Outcome): Promise<void> {
  const since = outcome.at;
  if (outcome.what === "delivered") return clearByDelivery(tx, letter.to, since);
  if (outcome.what === "complained") return markMailbox(tx, letter, { why: "complained", isFinal: true, since });
  // Where it came back from further on, the mailbox itself took it.
  if (outcome.what === "bounced" && !outcome.forwarded) {
    const { why, isFinal } = outcome.bounce;
    return markMailbox(tx, letter, { why, isFinal, since });
  }
}

async function tellTrail(tx: Tx, ctx: Context, letter: Row, { state, reason }: Standing): Promise<void> {
  const { id: letterId, kind, accountId } = letter;
  switch (state) {
    case "delivered":
    case "complained":
      return record(tx, ctx, { type: `letter.${state}`, letterId, kind, accountId });
    case "bounced":
    case "refused":
      return record(tx, ctx, { type: `letter.${state}`, letterId, kind, accountId, reason: reason ?? state });
  }
}
