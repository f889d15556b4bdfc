import type { Tx } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type AuditEvent, outcomeOf } from "./catalogue.ts";

/** The row of an event: what, on whom, by whom, from where, when. */
export function auditRow(ctx: Context, event: AuditEvent): typeof auditEvent.$inferInsert {
  const { type, accountId, ...data } = event;
  const { actor, request } = ctx;
  return {
    at: ctx.now(),
    type,
    outcome: outcomeOf(type),
    accountId,
    actorKind: actor.kind,
    actorId: actor.kind === "account" ? actor.accountId : null,
    sessionId: actor.kind === "account" ? actor.sessionId : null,
    requestId: request.id,
    ip: request.ip,
    device: request.device,
    data,
  };
}

/** Writes to the trail, in the transaction of the change it tells of: both happen or neither. */
export async function record(tx: Tx, ctx: Context, event: AuditEvent): Promise<void> {
  await tx.insert(auditEvent).values(auditRow(ctx, event));
}

/** Many at once, in one statement however many; none costs none. */
export async function recordAll(tx: Tx, ctx: Context, events: readonly AuditEvent[]): Promise<void> {
  if (events.length > 0) await tx.insert(auditEvent).values(events.map((event) => auditRow(ctx, event)));
}
