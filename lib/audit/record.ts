import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { auditEvent } from "#db/schema/audit.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type AuditEvent, outcomeOf } from "./catalogue.ts";
import { tellWritten } from "./hear-events.ts";

/** What an event tells of whoever does it. */
export type Doer = Pick<Context, "now" | "actor" | "request">;

/** The row of an event: what, on whom, by whom, from where, when. */
export function auditRow(ctx: Doer, event: AuditEvent): typeof auditEvent.$inferInsert {
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

/** Every column but the number, which the application's role may not choose. */
export const eventColumns =
  "at, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data";

/** What `eventJson` answers, as `jsonb_to_record` reads it: for statements that write an event with what it tells of. */
export const eventRecord = `event (at timestamptz, type text, outcome text, account_id uuid, actor_kind text, actor_id uuid,
  session_id uuid, request_id text, ip text, device text, data jsonb)`;

/** The row of an event by the names of its columns. */
export function eventJson(ctx: Doer, event: AuditEvent): object {
  const { accountId, actorKind, actorId, sessionId, requestId, ...same } = auditRow(ctx, event);
  return {
    ...same,
    account_id: accountId,
    actor_kind: actorKind,
    actor_id: actorId,
    session_id: sessionId,
    request_id: requestId,
  };
}

const insertion = {
  name: "audit_record",
  text: `insert into audit_event (${eventColumns}) select ${eventColumns} from jsonb_to_recordset($1::jsonb) as ${eventRecord}`,
};

/** Writes to the trail, in the transaction of the change it tells of: both happen or neither. */
export const record = (tx: Tx, ctx: Doer, event: AuditEvent): Promise<void> => recordAll(tx, ctx, [event]);

/** Many at once, in one statement however many; none costs none. */
export async function recordAll(tx: Tx, ctx: Doer, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  await run(tx, insertion, [JSON.stringify(events.map((event) => eventJson(ctx, event)))]);
  tellWritten(events);
}
