import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, refuse } from "#lib/kernel/result.ts";
import { issueTicket } from "#lib/recovery/enrolment/issue-ticket.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { atDesk } from "../actions/act-on.ts";
import type { Outcome } from "../two-officers/outcome.ts";
import { tellOfReset } from "./tell-of-reset.ts";

/**
 * Two officers agree that somebody's second factor is lost: a ticket lets its owner enrol another one, within 24 hours
 * and with the password. Nothing that opens the account ends before it is used; an earlier ticket of officers does. The
 * owner is told at every address, with a link that stops it.
 */
export const factorReset: Outcome = {
  async approved(tx, ctx, { request, reached: { account } }) {
    if (account.status !== "activated") return refuse("not_activated");
    await endOfficersTickets(tx, ctx, account.id);
    const { ticketId } = await issueTicket(tx, ctx, account.id, "officers");
    await tellOfReset(tx, ctx, account.id, request.id, "approved");
    return ok({ ticketId });
  },

  async declined(tx, ctx, { reached: { officer, account } }) {
    await notifyOwner(tx, await atDesk(tx, ctx, officer.accountId), account.id, "factor_reset_refused");
  },
};

/** No ticket of officers opens anything any more, nor does what one of them has opened; whoever waits for a mailed one goes on waiting. */
export async function endOfficersTickets(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const open = and(
    eq(enrolmentTicket.accountId, accountId),
    eq(enrolmentTicket.why, "officers"),
    isNull(enrolmentTicket.usedAt),
    isNull(enrolmentTicket.cancelledAt),
  );
  const ended = await tx
    .update(enrolmentTicket)
    .set({ cancelledAt: ctx.now() })
    .where(open)
    .returning({ id: enrolmentTicket.id });
  for (const { id } of ended) await endSessionsOf(tx, ctx, accountId, { ticket: id }, "recovery_cancelled");
}
