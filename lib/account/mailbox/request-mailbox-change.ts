import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { heldUntil } from "#lib/account/hold-after-recovery.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type EmailRefusal, parseEmail, parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { mailedDigests } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { countLetters, mayGoAfter } from "#lib/throttle/letters-of-late.ts";
import { limits } from "#lib/throttle/limits.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";
import { type Account, lockByMailbox } from "../find-account.ts";
import { openOf } from "./change-state.ts";
import { domainsOfOwner } from "./domains-of-owner.ts";

/**
 * mailbox_same: it is that already. mailbox_is_official, mailbox_is_personal: it is the account's other one. throttled:
 * too many letters of late. on_hold: access was recovered a short while ago; `until` says when the hold ends.
 */
export type MailboxRefusal =
  | EmailRefusal
  | "mailbox_same"
  | "mailbox_is_official"
  | "mailbox_is_personal"
  | "throttled"
  | "on_hold";
export type MailboxAnswer = Result<{ mailbox: string }, ChangeRefusal | MailboxRefusal> & { until?: Date };

/** Long enough for an address that is free and one that is taken, the letter's making included. */
const ANSWER_STEP = seconds(0.25);

/**
 * The signed-in owner asks for another official or personal mailbox: a letter goes there, and nothing changes before
 * its link or code is used. An official address that another account has gets the very same answer after the same time;
 * its owner is told. `typed`: as it was typed.
 */
export async function requestMailboxChange(ctx: Context, which: MailboxKind, typed: string): Promise<MailboxAnswer> {
  const wanted = which === "official" ? parseOfficialEmail(typed, await domainsOfOwner(ctx)) : parseEmail(typed);
  if (!wanted.ok) return wanted;
  return inEvenTime(ANSWER_STEP, () =>
    whenContended(() => ctx.db.transaction((tx) => requestIn(tx, ctx, which, wanted.value))),
  );
}

async function requestIn(tx: Tx, ctx: Context, which: MailboxKind, mailbox: string): Promise<MailboxAnswer> {
  const may = await mayChange(tx, ctx, `${which}_email.change`);
  if (!may.ok) return may;
  const { accountId } = may.value;
  const [owner] = await tx.select().from(account).where(eq(account.id, accountId));
  if (!owner) return refuse("signed_out");

  const until = which === "official" ? heldUntil(owner.recoveredAt, ctx.now()) : null;
  if (until) {
    await record(tx, ctx, { type: "mailbox_change.refused", accountId, which, reason: "on_hold" });
    return { ...refuse("on_hold"), until };
  }
  const fits = fitsBeside(owner, which, mailbox);
  if (!fits.ok) return fits;
  if (!(await mayAskAgain(tx, ctx, accountId, mailbox))) {
    await record(tx, ctx, { type: "mailbox_change.refused", accountId, which, reason: "throttled" });
    return refuse("throttled");
  }
  await issue(tx, ctx, owner, which, mailbox);
  return ok({ mailbox });
}

const is = (address: string | null, mailbox: string): boolean => address?.toLowerCase() === mailbox;

/** Whether a mailbox may become this one of the account's two. One that it is already may still be proven. */
export function fitsBeside(
  owner: Account,
  which: MailboxKind,
  mailbox: string,
): Result<null, "mailbox_same" | "mailbox_is_official" | "mailbox_is_personal"> {
  const { officialEmail, officialEmailVerifiedAt, personalEmail, personalEmailVerifiedAt } = owner;
  if (which === "official") {
    if (is(personalEmail, mailbox)) return refuse("mailbox_is_personal");
    return is(officialEmail, mailbox) && officialEmailVerifiedAt ? refuse("mailbox_same") : ok(null);
  }
  if (is(officialEmail, mailbox)) return refuse("mailbox_is_official");
  return is(personalEmail, mailbox) && personalEmailVerifiedAt ? refuse("mailbox_same") : ok(null);
}

/** One a minute and five an hour to the same address, and a few an hour to all of them together. */
async function mayAskAgain(tx: Tx, ctx: Context, accountId: string, mailbox: string): Promise<boolean> {
  const own = eq(mailboxChange.accountId, accountId);
  const now = ctx.now();
  const there = await countLetters(tx, mailboxChange, and(own, eq(mailboxChange.mailbox, mailbox)), now);
  const anywhere = await countLetters(tx, mailboxChange, own, now);
  return mayGoAfter(there) && anywhere.anHour < limits.mailboxChangesAnHour;
}

/**
 * The row is the same whoever else has the address, so that the page which waits for the code is too. Only who reads
 * that mailbox learns more.
 */
async function issue(tx: Tx, ctx: Context, owner: Account, which: MailboxKind, mailbox: string): Promise<void> {
  const now = ctx.now();
  const accountId = owner.id;
  const others = await countLetters(
    tx,
    mailboxChange,
    and(eq(mailboxChange.mailbox, mailbox), ne(mailboxChange.accountId, accountId)),
    now,
  );
  // Another address was meant after all: what was mailed there opens nothing. Letters to this one live until the new one
  // is handed over.
  await tx
    .update(mailboxChange)
    .set({ supersededAt: now })
    .where(and(openOf(accountId, which), ne(mailboxChange.mailbox, mailbox)));
  const changeId = uuidv7(now, ctx.random);
  await tx.insert(mailboxChange).values({
    id: changeId,
    accountId,
    which,
    mailbox,
    ...mailedDigests(ctx.keys, "mailbox", changeId),
    requestedFrom: ctx.request.device,
    createdAt: now,
  });
  await record(tx, ctx, { type: "mailbox_change.issued", accountId, changeId, which });

  const holder = which === "official" ? await lockByMailbox(tx, mailbox) : undefined;
  if (holder && holder.id !== accountId) return tellHolder(tx, ctx, holder);
  // So many from others that its owner is being pestered: no letter, and no sign of it here.
  if (mayGoAfter(others))
    await enqueue(tx, ctx, { kind: "mailbox_proof", accountId, to: mailbox, about: { changeId } });
}

/** It is on the trail of who has the address, not of who asked: that one shall not read there that it is taken. */
async function tellHolder(tx: Tx, ctx: Context, holder: Account): Promise<void> {
  const refused = { type: "mailbox_change.refused", which: "official", reason: "taken" } as const;
  await record(tx, ctx, { ...refused, accountId: holder.id });
  if (!(await mayNotify(tx, ctx, holder.id, "mailbox_taken"))) return;
  const about = { requestedFrom: ctx.request.device, requestedAt: ctx.now().toISOString() };
  await enqueue(tx, ctx, { kind: "mailbox_taken", accountId: holder.id, to: holder.officialEmail, about });
}
