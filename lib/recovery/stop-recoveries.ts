import { and, eq, isNotNull, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recovery } from "#db/schema/recovery.ts";
import { session } from "#db/schema/session.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { recordAll } from "#lib/audit/record.ts";
import { endTickets } from "#lib/authenticators/end-tickets.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";

export type HowStopped = AuditEvents["recovery.cancelled"]["how"];

/**
 * Stops the replacement of a lost second factor wherever it stands, in the transaction of what stops it: letters asked
 * for, the wait, and the tickets that came of it open nothing any more, officers' tickets included; a session opened
 * with a ticket ends. The owner is told of a wait that was stopped. Stopping what does not run changes nothing. Answers
 * how many waits were stopped. The caller holds the account's row.
 */
export async function stopRecoveries(tx: Tx, ctx: Context, accountId: string, how: HowStopped): Promise<number> {
  const now = ctx.now();
  const open = and(eq(recovery.accountId, accountId), isNull(recovery.cancelledAt), isNull(recovery.completedAt));
  const stopped = await tx
    .update(recovery)
    .set({ cancelledAt: now })
    .where(open)
    .returning({ id: recovery.id, startedAt: recovery.startedAt });
  await endTickets(tx, accountId, now);
  const opened = await tx
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.accountId, accountId), isNotNull(session.ticketId), isNull(session.endedAt)));
  for (const { id } of opened) await endSessionsOf(tx, ctx, accountId, { session: id }, "recovery_cancelled");
  const waits = stopped.filter(({ startedAt }) => startedAt !== null);
  await recordAll(
    tx,
    ctx,
    waits.map(({ id }) => ({ type: "recovery.cancelled", accountId, recoveryId: id, how })),
  );
  if (waits.length > 0) await notifyOwner(tx, ctx, accountId, "recovery_cancelled");
  return waits.length;
}
