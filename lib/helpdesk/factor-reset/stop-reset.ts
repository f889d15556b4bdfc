import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { enrolmentTicket, undoLink } from "#db/schema/recovery.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { nextState, type OfficerRequest, stateAt } from "../two-officers/request-state.ts";
import { endOfficersTickets } from "./factor-reset.ts";

/** `stopped`: its owner stopped it. `completed`: it came too late, a factor is enrolled. `over`: nothing came of it. */
export type StopRefusal = "unknown" | "stopped" | "completed" | "over";

/** What a link of the letter stops: when it was asked for, and until when it can still be used. */
export type ResetToStop = { requestedAt: Date; until: Date; approved: boolean; officeName: string };

type Found = { request: OfficerRequest; ticket: typeof enrolmentTicket.$inferSelect | null; officeName: string };

async function find(on: Tx | Context["db"], token: string): Promise<Found | undefined> {
  const [found] = await on
    .select({ request: officerRequest, ticket: enrolmentTicket, officeName: office.name })
    .from(undoLink)
    .innerJoin(officerRequest, eq(officerRequest.id, undoLink.requestId))
    .innerJoin(account, eq(account.id, officerRequest.requestedBy))
    .innerJoin(office, eq(office.id, account.officeId))
    .leftJoin(enrolmentTicket, eq(enrolmentTicket.id, officerRequest.ticketId))
    .where(and(eq(undoLink.tokenDigest, digest(token)), eq(undoLink.purpose, "officers")));
  return found;
}

function stoppable({ request, ticket, officeName }: Found, now: Date): Result<ResetToStop, StopRefusal> {
  if (request.stoppedAt) return refuse("stopped");
  const { requestedAt } = request;
  switch (stateAt(request, now)) {
    case "open":
      return ok({ requestedAt, until: request.expiresAt, approved: false, officeName });
    case "approved":
      if (ticket?.usedAt) return refuse("completed");
      if (!ticket || ticket.cancelledAt || ticket.expiresAt <= now) return refuse("over");
      return ok({ requestedAt, until: ticket.expiresAt, approved: true, officeName });
    default:
      return refuse("over");
  }
}

/** What the link of a letter would stop. Changes nothing: scanners of mail open links too. */
export async function viewResetToStop(ctx: Context, token: string): Promise<Result<ResetToStop, StopRefusal>> {
  const found = await find(ctx.db, token);
  return found ? stoppable(found, ctx.now()) : refuse("unknown");
}

/**
 * The owner stops it, from whichever address: what was asked for is withdrawn, what was issued opens nothing any more,
 * nor does what it has opened. Nothing is locked. It stands in the officers' worklist. Of any number at once one does it.
 */
export function stopReset(ctx: Context, token: string): Promise<Result<null, StopRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const named = await find(tx, token);
    if (!named || !(await holdById(tx, named.request.accountId))) return refuse("unknown");
    // Once more, now that nobody else changes it.
    const found = await find(tx, token);
    const may = found ? stoppable(found, ctx.now()) : refuse("unknown");
    if (!found || !may.ok) return may.ok ? refuse("unknown") : may;
    const { id, accountId, kind, state } = found.request;
    const to = nextState(state, "stop");
    if (!to.ok) return refuse("over");
    await tx.update(officerRequest).set({ state: to.value, stoppedAt: ctx.now() }).where(eq(officerRequest.id, id));
    await tx
      .update(undoLink)
      .set({ usedAt: ctx.now() })
      .where(eq(undoLink.tokenDigest, digest(token)));
    await endOfficersTickets(tx, ctx, accountId);
    await record(tx, ctx, { type: "officer_request.stopped", accountId, requestId: id, kind });
    return ok(null);
  });
}
