import { and, eq, isNull } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { after, days } from "#lib/kernel/time.ts";
import { MAILBOX_PROOF_LIFETIME } from "#lib/mail/letters.ts";
import { inHandFirst } from "../mailed-code/match-code.ts";

export type MailboxChange = typeof mailboxChange.$inferSelect;
export type ChangeState = "alive" | "expired" | "used" | "superseded";

/** Its letter is given up after a day; a change whose hand-over was never marked does not outlive it. */
const UNDELIVERED_LIFETIME = days(1);

/**
 * What has become of a change that was asked for. One from before a recovery of the account is worth nothing: it may
 * have been somebody else's.
 */
export function changeState(change: MailboxChange, recoveredAt: Date | null, now: Date): ChangeState {
  if (change.consumedAt) return "used";
  if (change.supersededAt || (recoveredAt && change.createdAt <= recoveredAt)) return "superseded";
  const ends = after(change.handedOverAt ?? after(change.createdAt, UNDELIVERED_LIFETIME), MAILBOX_PROOF_LIFETIME);
  return ends <= now ? "expired" : "alive";
}

/** The changes of one kind that were neither made nor replaced; those in the person's hands first, the newest first. */
export const openChanges = (on: Db | Tx, accountId: string, which: MailboxKind): Promise<MailboxChange[]> =>
  on
    .select()
    .from(mailboxChange)
    .where(openOf(accountId, which))
    .orderBy(...inHandFirst(mailboxChange));

export const openOf = (accountId: string, which: MailboxKind) =>
  and(
    eq(mailboxChange.accountId, accountId),
    eq(mailboxChange.which, which),
    isNull(mailboxChange.consumedAt),
    isNull(mailboxChange.supersededAt),
  );
