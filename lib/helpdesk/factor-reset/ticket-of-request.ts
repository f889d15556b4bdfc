import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { codeOf, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge } from "#lib/office/roles/rights.ts";
import { officerOf, ranksOf } from "#lib/office/roles/rights-now.ts";
import { usableTicket } from "#lib/recovery/enrolment/begin-enrolment.ts";

/** What is handed over at the counter or read out: the link `/enrol/TOKEN`, its eight digits, and until when they live. */
export type CounterTicket = { token: string; code: string; expiresAt: Date };

/**
 * The ticket that came of a request, as long as it may be used: for the two officers who asked and agreed, while they hold
 * the right, and for nobody else. Derived anew each time; it is kept nowhere.
 */
export async function ticketOfRequest(ctx: Context, requestId: string): Promise<CounterTicket | null> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer || !isUuid(requestId)) return null;
  const [found] = await ctx.db
    .select({ request: officerRequest, ticket: enrolmentTicket, owner: accounts })
    .from(officerRequest)
    .innerJoin(enrolmentTicket, eq(enrolmentTicket.id, officerRequest.ticketId))
    .innerJoin(accounts, eq(accounts.id, officerRequest.accountId))
    .where(eq(officerRequest.id, requestId));
  if (!found) return null;
  const { request, ticket, owner } = found;
  const right =
    request.requestedBy === officer.accountId
      ? "reset.request"
      : request.decidedBy === officer.accountId
        ? "reset.decide"
        : null;
  if (!right || !usableTicket(ticket, owner, ctx.now()).ok) return null;
  const target = { accountId: owner.id, officeId: owner.officeId, grants: await ranksOf(ctx.db, ctx, owner.id) };
  if (judge(officer, right, target) !== "allowed") return null;
  return {
    token: tokenOf(ctx.keys, "enrolment", ticket),
    code: codeOf(ctx.keys, "enrolment", ticket),
    expiresAt: ticket.expiresAt,
  };
}
