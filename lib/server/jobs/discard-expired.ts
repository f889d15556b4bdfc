import { and, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { account, activationCeremony } from "#db/schema/account.ts";
import { passwordThrottle, replacementAnswer } from "#db/schema/authenticators.ts";
import { callerCheck, undeliverableMailbox, webhookEvent } from "#db/schema/helpdesk.ts";
import { rateLimit, usedCaptcha } from "#db/schema/mail.ts";
import { dataExport, mailboxChange } from "#db/schema/profile.ts";
import { enrolmentTicket, passwordReset, recovery, undoLink } from "#db/schema/recovery.ts";
import { oidcRecord, relyingPartySession } from "#db/schema/relying-party.ts";
import { emailCode, totpEnrolment, usedChallenge } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import { staffImport } from "#db/schema/staff-register.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, days, hours } from "#lib/kernel/time.ts";
import { anonymiseClosed } from "#lib/recovery/close/anonymise-closed.ts";
import { SIGN_IN_LIFETIME } from "#lib/sign-in/ceremony.ts";
import { limits } from "#lib/throttle/limits.ts";

/** What is thrown away when: how long each kind of record is kept after it has served. */
export const retention = {
  ceremony: days(1),
  emailCode: days(1),
  idleThrottle: days(30),
  session: days(30),
  undoLink: days(30),
  mailboxChange: days(7),
  recovery: days(30),
  dataExport: hours(1),
  /** As long as somebody who left may come back to it; then nothing says any more whose it was. */
  closedAccount: days(730),
  /** Resend posts what was not acknowledged again for a day and a half. */
  webhookEvent: days(7),
  /** An address that is no open account's; until then one that registers with it is known to take nothing. */
  nobodysMailbox: days(90),
  callerCheck: days(30),
  /** Rows that could not be used may be downloaded so long. */
  staffImport: days(30),
  /** A file of the staff register that nobody applied. */
  staffImportLeft: days(7),
  /** Somebody's sign-in at a relying party, after it ended. */
  relyingPartySession: days(30),
  /** Their newest one there: it says when they last opened it. */
  lastRelyingPartySession: days(365),
} as const;

/**
 * Deletes rows that have served and are no longer needed to explain anything, and makes old closed accounts
 * anonymous. Answers how many, by table. Safe to
 * repeat.
 */
export async function discardExpired(ctx: Context): Promise<Record<string, number>> {
  const now = ctx.now();
  const signInsEnded = before(before(now, retention.ceremony), SIGN_IN_LIFETIME);
  const sessionsEnded = before(now, retention.session);
  const idle = before(now, retention.idleThrottle);
  const expired: [string, PgTable, SQL | undefined][] = [
    ["used_captcha", usedCaptcha, lt(usedCaptcha.expiresAt, now)],
    ["used_challenge", usedChallenge, lt(usedChallenge.expiresAt, now)],
    ["rate_limit", rateLimit, lt(rateLimit.expire, now.getTime())],
    // A password that was disabled stays so until its owner recovers it, however long that takes.
    [
      "password_throttle",
      passwordThrottle,
      and(lt(passwordThrottle.lastTriedAt, idle), lt(passwordThrottle.failures, limits.password.disabledAfter)),
    ],
    // Before the sign-ins that asked for them, which would take them along uncounted.
    ["email_code", emailCode, lt(emailCode.createdAt, before(now, retention.emailCode))],
    ["sign_in_ceremony", signInCeremony, lt(signInCeremony.startedAt, signInsEnded)],
    ["totp_enrolment", totpEnrolment, lt(totpEnrolment.startedAt, before(now, retention.ceremony))],
    ["replacement_answer", replacementAnswer, lt(replacementAnswer.addedAt, before(now, retention.ceremony))],
    ["password_reset", passwordReset, lt(passwordReset.expiresAt, before(now, retention.ceremony))],
    // They hold addresses that never became anybody's.
    ["mailbox_change", mailboxChange, lt(mailboxChange.createdAt, before(now, retention.mailboxChange))],
    // So long does a link that ran out still say so, and when it was.
    ["undo_link", undoLink, lt(undoLink.expiresAt, before(now, retention.undoLink))],
    ["enrolment_ticket", enrolmentTicket, lt(enrolmentTicket.expiresAt, before(now, retention.recovery))],
    // One that waits is kept until it is over: its owner may be suspended meanwhile.
    [
      "recovery",
      recovery,
      and(
        lt(recovery.createdAt, before(now, retention.recovery)),
        sql`(${recovery.startedAt} is null or ${recovery.cancelledAt} is not null or ${recovery.completedAt} is not null)`,
        sql`not exists (select 1 from ${enrolmentTicket} where ${enrolmentTicket.recoveryId} = ${recovery.id})`,
      ),
    ],
    ["webhook_event", webhookEvent, lt(webhookEvent.receivedAt, before(now, retention.webhookEvent))],
    ["caller_check", callerCheck, lt(callerCheck.expiresAt, before(now, retention.callerCheck))],
    [
      "undeliverable_mailbox",
      undeliverableMailbox,
      and(
        lt(undeliverableMailbox.since, before(now, retention.nobodysMailbox)),
        sql`not exists (select 1 from ${account} where ${account.status} <> 'closed'
          and (${account.officialEmail} = ${undeliverableMailbox.mailbox} or ${account.personalEmail} = ${undeliverableMailbox.mailbox}))`,
      ),
    ],
    // With its pieces and rows. One that is being applied is finished, however long it takes.
    [
      "staff_import",
      staffImport,
      or(
        lt(staffImport.endedAt, before(now, retention.staffImport)),
        and(
          inArray(staffImport.state, ["receiving", "reading", "columns", "ready"]),
          lt(staffImport.uploadedAt, before(now, retention.staffImportLeft)),
        ),
      ),
    ],
    ["data_export", dataExport, lt(dataExport.requestedAt, before(now, retention.dataExport))],
    // A code or token that has run out is refused whether it is there or not.
    ["oidc_record", oidcRecord, lt(oidcRecord.expiresAt, now)],
    // One that a relying party is still to be told of stays until that is settled.
    [
      "relying_party_session",
      relyingPartySession,
      and(
        lt(relyingPartySession.endedAt, before(now, retention.relyingPartySession)),
        isNull(relyingPartySession.logoutDueAt),
        or(
          lt(relyingPartySession.endedAt, before(now, retention.lastRelyingPartySession)),
          sql`exists (select 1 from ${relyingPartySession} newer where newer.account_id = ${relyingPartySession.accountId}
            and newer.relying_party_id = ${relyingPartySession.relyingPartyId} and newer.last_used_at > ${relyingPartySession.lastUsedAt})`,
        ),
      ),
    ],
    ["activation_ceremony", activationCeremony, lt(activationCeremony.expiresAt, before(now, retention.ceremony))],
    [
      "session",
      session,
      or(lt(session.endedAt, sessionsEnded), and(isNull(session.endedAt), lt(session.expiresAt, sessionsEnded))),
    ],
  ];
  const discarded: Record<string, number> = {};
  for (const [name, table, where] of expired) {
    const { rowCount } = await ctx.db.delete(table).where(where ?? sql`false`);
    discarded[name] = rowCount ?? 0;
  }
  discarded.closed_account = await anonymiseClosed(ctx, before(now, retention.closedAccount));
  return discarded;
}
