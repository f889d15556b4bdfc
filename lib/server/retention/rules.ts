import { and, eq, exists, isNull, lt, ne, not, or, type SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { account, activationCeremony, activationLink } from "#db/schema/account.ts";
import { passwordThrottle, replacementAnswer } from "#db/schema/authenticators.ts";
import { callerCheck, officerAction, officerRequest, undeliverableMailbox, webhookEvent } from "#db/schema/helpdesk.ts";
import { letter, mailboxLetter, rateLimit, usedCaptcha } from "#db/schema/mail.ts";
import { dataExport, helpdeskCase, mailboxChange } from "#db/schema/profile.ts";
import { enrolmentTicket, passwordReset, recovery, undoLink } from "#db/schema/recovery.ts";
import { emailCode, totpEnrolment, usedChallenge } from "#db/schema/second-factors.ts";
import { device, session } from "#db/schema/session.ts";
import { signInCeremony } from "#db/schema/sign-in.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before, type Duration } from "#lib/kernel/time.ts";
import { FORGOTTEN } from "#lib/session/forget-browser.ts";
import { SESSION_LIFETIME } from "#lib/session/session.ts";
import { SIGN_IN_LIFETIME } from "#lib/sign-in/ceremony.ts";
import { limits } from "#lib/throttle/limits.ts";
import { retention } from "./periods.ts";
import { rulesOfWork } from "./rules-of-work.ts";

/** Which rows of a table have served. Found by an index, but where `few`: the table is small by nature. */
export type Rule = { table: PgTable; where: SQL | undefined; few?: true };

/** In the order they are carried out: what hangs on something goes before it. */
export const rulesAt = (ctx: Pick<Context, "db" | "now">): readonly Rule[] => {
  const ago = (period: Duration): Date => before(ctx.now(), period);
  return [...ofSigningIn(ctx, ago), ...ofAccounts(ctx, ago), ...rulesOfWork(ctx, ago)];
};

type Ago = (period: Duration) => Date;

function ofSigningIn({ db, now }: Pick<Context, "db" | "now">, ago: Ago): Rule[] {
  const sessionsEnded = ago(retention.session);
  return [
    { table: usedCaptcha, where: lt(usedCaptcha.expiresAt, now()) },
    { table: usedChallenge, where: lt(usedChallenge.expiresAt, now()) },
    { table: rateLimit, where: lt(rateLimit.expire, now().getTime()) },
    {
      // A password that was disabled stays so until its owner recovers it, however long that takes.
      table: passwordThrottle,
      where: and(
        lt(passwordThrottle.lastTriedAt, ago(retention.idleThrottle)),
        lt(passwordThrottle.failures, limits.password.disabledAfter),
      ),
    },
    // Before the sign-ins that asked for them, which would take them along uncounted.
    { table: emailCode, where: lt(emailCode.createdAt, ago(retention.emailCode)) },
    { table: signInCeremony, where: lt(signInCeremony.startedAt, before(ago(retention.ceremony), SIGN_IN_LIFETIME)) },
    { table: totpEnrolment, where: lt(totpEnrolment.startedAt, ago(retention.ceremony)), few: true },
    { table: replacementAnswer, where: lt(replacementAnswer.addedAt, ago(retention.ceremony)), few: true },
    {
      table: session,
      where: and(
        // For the index: whichever way it ended, it would have run out so soon after.
        lt(session.expiresAt, after(sessionsEnded, SESSION_LIFETIME)),
        or(lt(session.endedAt, sessionsEnded), and(isNull(session.endedAt), lt(session.expiresAt, sessionsEnded))),
      ),
    },
    {
      // An index on when it was last used would be written at each sign-in; reading the table once an hour costs less.
      table: device,
      few: true,
      where: and(
        or(lt(device.lastSeenAt, ago(retention.browser)), sql`starts_with(${device.tokenDigest}, ${FORGOTTEN})`),
        not(exists(db.select({ one: sql`1` }).from(session).where(eq(session.deviceId, device.id)))),
      ),
    },
  ];
}

function ofAccounts({ db }: Pick<Context, "db">, ago: Ago): Rule[] {
  const actionOf = db.select({ one: sql`1` }).from(officerAction).where(eq(officerAction.caseId, helpdeskCase.id));
  const requestOf = db.select({ one: sql`1` }).from(officerRequest).where(eq(officerRequest.caseId, helpdeskCase.id));
  return [
    { table: passwordReset, where: lt(passwordReset.expiresAt, ago(retention.ceremony)) },
    // They hold addresses that never became anybody's.
    { table: mailboxChange, where: lt(mailboxChange.createdAt, ago(retention.mailboxChange)) },
    // So long does a link that ran out still say so, and when it was.
    { table: undoLink, where: lt(undoLink.expiresAt, ago(retention.undoLink)) },
    { table: enrolmentTicket, where: lt(enrolmentTicket.expiresAt, ago(retention.recovery)) },
    {
      // One that waits is kept until it is over: its owner may be suspended meanwhile.
      table: recovery,
      where: and(
        lt(recovery.createdAt, ago(retention.recovery)),
        sql`(${recovery.startedAt} is null or ${recovery.cancelledAt} is not null or ${recovery.completedAt} is not null)`,
        sql`not exists (select 1 from ${enrolmentTicket} where ${enrolmentTicket.recoveryId} = ${recovery.id})`,
      ),
    },
    { table: activationCeremony, where: lt(activationCeremony.expiresAt, ago(retention.ceremony)) },
    {
      table: activationLink,
      where: and(
        lt(activationLink.createdAt, ago(retention.activationLink)),
        sql`not exists (select 1 from ${activationCeremony} where ${activationCeremony.linkId} = ${activationLink.id})`,
      ),
    },
    { table: letter, where: and(lt(letter.createdAt, ago(retention.letter)), ne(letter.state, "queued")) },
    { table: mailboxLetter, where: lt(mailboxLetter.sentAt, ago(retention.visibleMailbox)), few: true },
    { table: dataExport, where: lt(dataExport.requestedAt, ago(retention.dataExport)) },
    { table: webhookEvent, where: lt(webhookEvent.receivedAt, ago(retention.webhookEvent)) },
    { table: callerCheck, where: lt(callerCheck.expiresAt, ago(retention.callerCheck)) },
    {
      table: undeliverableMailbox,
      few: true,
      where: and(
        lt(undeliverableMailbox.since, ago(retention.nobodysMailbox)),
        sql`not exists (select 1 from ${account} where ${account.status} <> 'closed'
          and (${account.officialEmail} = ${undeliverableMailbox.mailbox} or ${account.personalEmail} = ${undeliverableMailbox.mailbox}))`,
      ),
    },
    { table: officerAction, where: lt(officerAction.at, ago(retention.officersWork)) },
    {
      table: officerRequest,
      where: and(lt(officerRequest.requestedAt, ago(retention.officersWork)), ne(officerRequest.state, "open")),
    },
    {
      table: helpdeskCase,
      where: and(lt(helpdeskCase.endedAt, ago(retention.officersWork)), not(exists(actionOf)), not(exists(requestOf))),
    },
  ];
}
