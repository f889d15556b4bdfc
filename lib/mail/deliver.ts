import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { letter as letters } from "#db/schema/mail.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { Agency } from "./agency.ts";
import { letterMark } from "./bounces/letter-mark.ts";
import { ADDRESS_MALFORMED, bounceOfRefusal } from "./delivery/judge-bounce.ts";
import { ADDRESS_UNDELIVERABLE, clearByAcceptance, markMailbox } from "./delivery/mark-mailbox.ts";
import { keepProviderId } from "./delivery/record-outcome.ts";
import type { Composed, Kind } from "./kinds/kind.ts";
import { kinds } from "./kinds/kinds.ts";
import { LETTERS_QUEUE, type LetterJob, type LetterKind, type Letters } from "./letters.ts";
import { renderLetter } from "./render-letter.ts";
import { sendJob } from "./send-job.ts";
import { isBareMailbox, notTaken, type Transport } from "./transports/transport.ts";

/** What is looked at afresh before a letter of some kind is put together, where what it tells of is kept as a picture. */
export type Beforehand = Partial<Record<LetterKind, (ctx: Context, accountId: string) => Promise<void>>>;
export type MailRoom = { transport: Transport; agency: Agency; beforehand?: Beforehand };

type Row = typeof letters.$inferSelect;
type Account = typeof accounts.$inferSelect;

/**
 * settled: nothing is left to do for this job, whatever became of its letter. owed: try again later, for this reason (a
 * code).
 */
export type Delivery = { settled: true } | { settled: false; reason: string };

const settled: Delivery = { settled: true };

/** The provider may tell what became of a letter before its hand-over is marked: it is marked all the same, once. */
const isOwed = (letterId: string) =>
  and(
    eq(letters.id, letterId),
    inArray(letters.state, ["queued", "delivered", "bounced", "complained"]),
    isNull(letters.handedOverAt),
  );

/**
 * Puts an owed letter together and hands it over, unless it no longer makes sense, or its mailbox takes nothing. What the
 * transport refuses for good is parked with its reason; anything else stays owed. Safe to repeat: whoever dies between
 * hand-over and marking hands over the very same letter under the same id again.
 */
export async function deliver(ctx: Context, room: MailRoom, letterId: string): Promise<Delivery> {
  const [owed] = await ctx.db
    .select({ letter: letters, account: accounts, mailbox: undeliverableMailbox })
    .from(letters)
    .innerJoin(accounts, eq(accounts.id, letters.accountId))
    // A column of citext beside one of text would be compared as text.
    .leftJoin(undeliverableMailbox, sql`${undeliverableMailbox.mailbox} = ${letters.to}::citext`)
    .where(isOwed(letterId));
  if (!owed) return settled;

  const { letter, account, mailbox } = owed;
  const kind = kindOf(letter);
  const gone = (provider: string | null) =>
    settle(ctx, letter, "handed_over", null, async (tx) => {
      await record(tx, ctx, { type: "letter.handed_over", ...facts(letter) });
      if (provider) await keepProviderId(tx, letter.id, provider);
      await kind.handedOver?.(tx, ctx, letter.accountId, letter.about as Letters[LetterKind]);
      // After the account is held, in the order of everybody who holds both.
      if (mailbox) await clearByAcceptance(tx, letter.to);
    });
  if (letter.state !== "queued") return gone(null);

  const moot = (reason: string | null) =>
    settle(ctx, letter, "moot", reason, (tx) => record(tx, ctx, { type: "letter.moot", ...facts(letter) }));
  if (mailbox?.isFinal && !kind.provesMailbox) return moot(ADDRESS_UNDELIVERABLE);
  const tooOld = after(letter.createdAt, kind.lifetime) <= ctx.now();
  const composed = tooOld ? "moot" : await compose(ctx, room, kind, letter, account);
  if (composed === "moot") return moot(null);

  const outcome = await handOver(ctx, room, letter, composed);
  if (outcome.ok) return gone(outcome.providerId ?? null);
  const { error, reason } = outcome;
  if (error === "permanent") return park(ctx, letter, reason);
  if (error === "unconfirmed" && isUnconfirmed(letter)) return waitForCopy(ctx, letter);
  await ctx.db
    .update(letters)
    // That a copy may have arrived stays known whatever comes after.
    .set({ attempts: sql`${letters.attempts} + 1`, ...(!isUnconfirmed(letter) && { reason }) })
    .where(and(eq(letters.id, letter.id), eq(letters.state, "queued")));
  return { settled: false, reason };
}

const UNCONFIRMED = "smtp_unconfirmed";
const isUnconfirmed = ({ reason }: Row): boolean => reason === UNCONFIRMED;
/** RFC 5321 §4.5.4.1 asks for half an hour at least between tries, and two to three hours later on. */
const COPY_NOT_BEFORE = hours(2);

/**
 * Twice all of a letter was said and no answer came. Its reader may have two copies by now, so the next try, which may be a
 * third, is far off: servers that take letters and never say so would otherwise fill the mailbox. Still owed, so that its age is
 * noticed.
 */
async function waitForCopy(ctx: Context, letter: Row): Promise<Delivery> {
  await ctx.db.transaction(async (tx) => {
    const waiting = await tx
      .update(letters)
      .set({ attempts: sql`${letters.attempts} + 1` })
      .where(and(eq(letters.id, letter.id), eq(letters.state, "queued")))
      .returning({ id: letters.id });
    const again = { startAfter: after(ctx.now(), COPY_NOT_BEFORE) };
    if (waiting.length === 1)
      await sendJob<LetterJob>(tx, LETTERS_QUEUE, { letterId: letter.id }, uuidv7(ctx.now(), ctx.random), again);
  });
  return settled;
}

/** Refused for good: what that says of the mailbox is noted, as if the letter had come back. */
const park = (ctx: Context, letter: Row, reason: string): Promise<Delivery> =>
  settle(ctx, letter, "refused", reason, async (tx) => {
    await record(tx, ctx, { type: "letter.refused", ...facts(letter), reason });
    const bounce = bounceOfRefusal(reason);
    if (bounce) await markMailbox(tx, letter, { why: bounce.why, isFinal: bounce.isFinal, since: ctx.now() });
  });

// The row's kind decides the type of what it is about; enqueue wrote both from one value.
const kindOf = (letter: Row): Kind<LetterKind> => kinds[letter.kind as LetterKind] as Kind<LetterKind>;

const facts = ({ id, kind, accountId }: Row) => ({ letterId: id, kind, accountId });

async function compose(ctx: Context, room: MailRoom, kind: Kind<LetterKind>, letter: Row, account: Account) {
  const { agency, beforehand } = room;
  await beforehand?.[letter.kind as LetterKind]?.(ctx, account.id);
  return kind.compose(ctx, {
    letterId: letter.id,
    to: letter.to,
    about: letter.about as Letters[LetterKind],
    account,
    agency,
    language: account.language ?? "ms",
  });
}

async function handOver(
  ctx: Context,
  { transport }: MailRoom,
  { id, to }: Row,
  { subject, letter, lastLine }: Composed,
) {
  if (!isBareMailbox(to)) return notTaken("permanent", ADDRESS_MALFORMED);
  const { html, text } = await renderLetter(letter, lastLine);
  return transport.handOver({ id, mark: letterMark(ctx.keys, id), to, subject, text, html, sentAt: ctx.now() });
}

/** Ends a letter that is still owed; of two who try, one does. What is known of it by then stays known. */
async function settle(
  ctx: Context,
  letter: Row,
  state: "handed_over" | "moot" | "refused",
  reason: string | null,
  also: (tx: Tx) => Promise<void>,
): Promise<Delivery> {
  await ctx.db.transaction(async (tx) => {
    const isQueued = sql`${letters.state} = 'queued'`;
    const ended = await tx
      .update(letters)
      .set({
        state: sql`case when ${isQueued} then ${state} else ${letters.state} end`,
        reason: sql`case when ${isQueued} then ${reason} else ${letters.reason} end`,
        attempts: state === "moot" ? letter.attempts : sql`${letters.attempts} + 1`,
        handedOverAt: state === "handed_over" ? ctx.now() : null,
      })
      .where(state === "handed_over" ? isOwed(letter.id) : and(eq(letters.id, letter.id), isQueued))
      .returning({ id: letters.id });
    if (ended.length === 1) await also(tx);
  });
  return settled;
}
