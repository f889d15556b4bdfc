import { desc, sql } from "drizzle-orm";
import { auditSeal } from "#db/schema/audit.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import type { TrailFilter } from "./trail-filter.ts";
import { olderThan, trailWhere } from "./trail-query.ts";

/** Somebody the trail names; the name is null of an account that is no more. */
export type Named = { id: string; name: string | null };

export type TrailEvent = {
  id: number;
  at: Date;
  event: AuditEvent;
  refused: boolean;
  whom: Named | null;
  actorKind: "nobody" | "system" | "operator" | "account";
  who: Named | null;
  sessionId: string | null;
  requestId: string | null;
  ip: string | null;
  device: string | null;
  /** What the catalogue declares for the type, as it lies there. */
  data: Record<string, unknown>;
  sealed: boolean;
};

/** As many as one looks through without losing the place. */
export const TRAIL_PAGE = 50;

type Row = {
  id: string;
  at: string;
  type: string;
  outcome: string;
  account_id: string | null;
  whom: string | null;
  actor_kind: TrailEvent["actorKind"];
  actor_id: string | null;
  who: string | null;
  session_id: string | null;
  request_id: string | null;
  ip: string | null;
  device: string | null;
  data: Record<string, unknown>;
  sealed: boolean;
};

/** `people`: the names of those the filter is about. `seal`: the newest there is. */
export type TrailPage = {
  events: TrailEvent[];
  more: boolean;
  people: ReadonlyMap<string, string>;
  seal: { number: number; sealedAt: Date } | null;
};

/**
 * The trail, newest first, `TRAIL_PAGE` at a time. `before`: the last event of the page before.
 * Refused as `not_found` to whoever may not read it; asked fresh.
 */
export async function searchTrail(
  ctx: Context,
  filter: TrailFilter,
  before: number | null = null,
): Promise<Result<TrailPage, "not_found">> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer || !holds(officer, "audit.read")) return refuse("not_found");
  const asked = [filter.whom, filter.who].filter((id) => id !== null);
  const [found, named, seals] = await Promise.all([
    ctx.db.execute<Row>(sql`
      select e.id, e.at, e.type, e.outcome, e.account_id, whom.full_name as whom, e.actor_kind, e.actor_id,
        who.full_name as who, e.session_id, e.request_id, e.ip, e.device, e.data,
        e.id <= coalesce((select last_id from audit_seal order by number desc limit 1), 0) as sealed
      from (
        select * from audit_event e where ${trailWhere(filter)} ${before === null ? sql`` : sql`and ${olderThan(before)}`}
        order by e.at desc, e.id desc limit ${TRAIL_PAGE + 1}
      ) e
      left join account whom on whom.id = e.account_id
      left join account who on who.id = e.actor_id
      order by e.at desc, e.id desc`),
    asked.length === 0
      ? { rows: [] }
      : ctx.db.execute<{ id: string; name: string }>(
          sql`select id, full_name as name from account where id in ${asked}`,
        ),
    ctx.db
      .select({ number: auditSeal.number, sealedAt: auditSeal.sealedAt })
      .from(auditSeal)
      .orderBy(desc(auditSeal.number))
      .limit(1),
  ]);
  return ok({
    events: found.rows.slice(0, TRAIL_PAGE).map(eventOf),
    more: found.rows.length > TRAIL_PAGE,
    seal: seals[0] ?? null,
    people: new Map(named.rows.map(({ id, name }) => [id, name])),
  });
}

function eventOf(row: Row): TrailEvent {
  return {
    id: Number(row.id),
    at: new Date(row.at),
    // Written by `record` from such a value.
    event: { type: row.type, accountId: row.account_id, ...row.data } as AuditEvent,
    refused: row.outcome === "refused",
    whom: row.account_id === null ? null : { id: row.account_id, name: row.whom },
    actorKind: row.actor_kind,
    who: row.actor_id === null ? null : { id: row.actor_id, name: row.who },
    sessionId: row.session_id,
    requestId: row.request_id,
    ip: row.ip,
    device: row.device,
    data: row.data,
    sealed: row.sealed,
  };
}
