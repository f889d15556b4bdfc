import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { issueTicket } from "../enrolment/issue-ticket.ts";
import { stopRecoveries } from "../stop-recoveries.ts";
import { findWait, ticketsOf } from "./find-recovery.ts";

export const RECOVERY_WAITS_QUEUE = "recovery-waits";
/** Left when a wait begins, for when it ends. */
export type WaitJob = { recoveryId: string };

// Accounts that are suspended meanwhile are left alone: their wait goes on when they are reinstated.
const dueStatement = {
  name: "recovery_waits_due",
  text: `select r.id, r.account_id as "accountId" from recovery r join account a on a.id = r.account_id
    where r.started_at is not null and r.cancelled_at is null and r.completed_at is null and r.ready_at <= $1 and a.status = 'activated'
      and not exists (select 1 from enrolment_ticket t where t.recovery_id = r.id and t.cancelled_at is null and t.expires_at > $1)
    order by r.ready_at limit 500`,
};

/**
 * Ends every wait that is over: the owner gets a letter with a ticket that enrols one second factor. One whose ticket
 * ran out unused is over for good. Runs when a wait ends and every few minutes besides; safe to repeat, and of any
 * number at once one does it. Answers how many tickets were issued.
 */
export async function finishWaits(ctx: Context): Promise<number> {
  const due = await run<{ id: string; accountId: string }>(ctx.db, dueStatement, [ctx.now()]);
  let issued = 0;
  for (const { id, accountId } of due)
    if (await ctx.db.transaction((tx) => finish(tx, ctx, id, accountId))) issued += 1;
  return issued;
}

async function finish(tx: Tx, ctx: Context, recoveryId: string, accountId: string): Promise<boolean> {
  const owner = await holdById(tx, accountId);
  const wait = await findWait(tx, accountId);
  // Once more, now that nobody else changes it.
  if (owner?.status !== "activated" || wait?.id !== recoveryId || !wait.readyAt || wait.readyAt > ctx.now())
    return false;
  // One that was mailed to a mailbox the account has left is none: another goes to the new one.
  const ticket = (await ticketsOf(tx, [recoveryId])).find(({ cancelledAt }) => cancelledAt === null);
  if (ticket && ticket.expiresAt > ctx.now()) return false;
  if (ticket) {
    await stopRecoveries(tx, ctx, accountId, "lapsed");
    return false;
  }
  const { ticketId } = await issueTicket(tx, ctx, accountId, "recovery", recoveryId);
  await record(tx, ctx, { type: "recovery.ready", accountId, recoveryId, ticketId });
  await enqueue(tx, ctx, { kind: "enrolment", accountId, to: owner.officialEmail, about: { ticketId } });
  return true;
}
