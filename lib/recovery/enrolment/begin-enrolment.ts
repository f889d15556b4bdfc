import { eq } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import type { Account } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { beginSignInOf } from "#lib/sign-in/begin-sign-in.ts";

/** Why a ticket leads no further. Each has a page that says so and what to do. `locked`: its account may not be entered. */
export type TicketRefusal = "unknown" | "expired" | "used" | "cancelled" | "locked";

type Ticket = typeof enrolmentTicket.$inferSelect;

/** Until when it may be used; `why` it was issued. */
export type TicketShown = { expiresAt: Date; why: Ticket["why"] };

export function usableTicket(ticket: Ticket, owner: Pick<Account, "status">, now: Date): Result<null, TicketRefusal> {
  if (owner.status === "closed") return refuse("unknown");
  if (ticket.usedAt) return refuse("used");
  if (ticket.cancelledAt) return refuse("cancelled");
  if (ticket.expiresAt <= now) return refuse("expired");
  return owner.status === "activated" ? ok(null) : refuse("locked");
}

async function find(on: Db | Tx, token: string): Promise<{ ticket: Ticket; owner: Account } | undefined> {
  const [found] = await on
    .select({ ticket: enrolmentTicket, owner: accounts })
    .from(enrolmentTicket)
    .innerJoin(accounts, eq(accounts.id, enrolmentTicket.accountId))
    .where(eq(enrolmentTicket.tokenDigest, digest(token)));
  return found;
}

/** What a ticket is worth. Changes nothing: scanners of mail open links too. */
export async function viewTicket(ctx: Context, token: string): Promise<Result<TicketShown, TicketRefusal>> {
  const found = await find(ctx.db, token);
  if (!found) return refuse("unknown");
  const usable = usableTicket(found.ticket, found.owner, ctx.now());
  return usable.ok ? ok({ expiresAt: found.ticket.expiresAt, why: found.ticket.why }) : usable;
}

/**
 * Begins the sign-in that a ticket allows: with the password alone, into a session that enrols one second factor and
 * does nothing else. Answers the secret of its ceremony, for this browser. The ticket is used up by the enrolment, not
 * by this. `returnTo`: where that is done.
 */
export async function beginEnrolment(
  ctx: Context,
  token: string,
  returnTo: `/${string}`,
): Promise<Result<{ ceremonyToken: string }, TicketRefusal>> {
  const found = await find(ctx.db, token);
  if (!found) return refuse("unknown");
  const { ticket, owner } = found;
  const usable = usableTicket(ticket, owner, ctx.now());
  if (usable.ok) return ok(await beginSignInOf(ctx, owner.id, returnTo, ticket.id));
  const { error } = usable;
  if (error === "expired" || error === "used" || error === "cancelled")
    await ctx.db.transaction((tx) =>
      record(tx, ctx, { type: "enrolment_ticket.refused", accountId: owner.id, ticketId: ticket.id, reason: error }),
    );
  return usable;
}
