import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { letter as letters } from "#db/schema/mail.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after } from "#lib/kernel/time.ts";
import type { Agency } from "./agency.ts";
import type { Composed, Kind } from "./kinds/kind.ts";
import { kinds } from "./kinds/kinds.ts";
import type { LetterKind, Letters } from "./letters.ts";
import { renderLetter } from "./render-letter.ts";
import { isBareMailbox, notTaken, type Transport } from "./transports/transport.ts";

export type MailRoom = { transport: Transport; agency: Agency };

type Row = typeof letters.$inferSelect;
type Account = typeof accounts.$inferSelect;

/**
 * settled: nothing is left to do for this letter, whatever became of it. owed: try again later, for this reason (a
 * code).
 */
export type Delivery = { settled: true } | { settled: false; reason: string };

const settled: Delivery = { settled: true };

/**
 * Puts an owed letter together and hands it over, unless it no longer makes sense. What the transport refuses for good
 * is parked with its reason; anything else stays owed. Safe to repeat: whoever dies between hand-over and marking hands
 * over the very same letter under the same id again.
 */
export async function deliver(ctx: Context, room: MailRoom, letterId: string): Promise<Delivery> {
  const [owed] = await ctx.db
    .select({ letter: letters, account: accounts })
    .from(letters)
    .innerJoin(accounts, eq(accounts.id, letters.accountId))
    .where(and(eq(letters.id, letterId), eq(letters.state, "queued")));
  if (!owed) return settled;

  const { letter, account } = owed;
  const kind = kindOf(letter);
  const tooOld = after(letter.createdAt, kind.lifetime) <= ctx.now();
  const composed = tooOld ? "moot" : await compose(ctx, room, kind, letter, account);
  if (composed === "moot")
    return settle(ctx, letter, "moot", null, (tx) => record(tx, ctx, { type: "letter.moot", ...facts(letter) }));

  const outcome = await handOver(ctx, room, letter, composed);
  if (outcome.ok)
    return settle(ctx, letter, "handed_over", null, async (tx) => {
      await record(tx, ctx, { type: "letter.handed_over", ...facts(letter) });
      await kind.handedOver?.(tx, ctx, letter.accountId, letter.about as Letters[LetterKind]);
    });
  const { error, reason } = outcome;
  if (error === "permanent")
    return settle(ctx, letter, "refused", reason, (tx) =>
      record(tx, ctx, { type: "letter.refused", ...facts(letter), reason }),
    );
  await ctx.db
    .update(letters)
    .set({ attempts: sql`${letters.attempts} + 1`, reason })
    .where(and(eq(letters.id, letter.id), eq(letters.state, "queued")));
  return { settled: false, reason };
}

// The row's kind decides the type of what it is about; enqueue wrote both from one value.
const kindOf = (letter: Row): Kind<LetterKind> => kinds[letter.kind as LetterKind] as Kind<LetterKind>;

const facts = ({ id, kind, accountId }: Row) => ({ letterId: id, kind, accountId });

const compose = (ctx: Context, { agency }: MailRoom, kind: Kind<LetterKind>, letter: Row, account: Account) =>
  kind.compose(ctx, {
    letterId: letter.id,
    to: letter.to,
    about: letter.about as Letters[LetterKind],
    account,
    agency,
    language: account.language ?? "ms",
  });

async function handOver(
  ctx: Context,
  { transport }: MailRoom,
  { id, to }: Row,
  { subject, letter, lastLine }: Composed,
) {
  if (!isBareMailbox(to)) return notTaken("permanent", "address_malformed");
  const { html, text } = await renderLetter(letter, lastLine);
  return transport.handOver({ id, to, subject, text, html, sentAt: ctx.now() });
}

/** Ends a letter that is still owed; of two who try, one does. */
async function settle(
  ctx: Context,
  letter: Row,
  state: "handed_over" | "moot" | "refused",
  reason: string | null,
  also: (tx: Tx) => Promise<void>,
): Promise<Delivery> {
  await ctx.db.transaction(async (tx) => {
    const ended = await tx
      .update(letters)
      .set({
        state,
        reason,
        attempts: state === "moot" ? letter.attempts : sql`${letters.attempts} + 1`,
        handedOverAt: state === "handed_over" ? ctx.now() : null,
      })
      .where(and(eq(letters.id, letter.id), eq(letters.state, "queued")))
      .returning({ id: letters.id });
    if (ended.length === 1) await also(tx);
  });
  return settled;
}
