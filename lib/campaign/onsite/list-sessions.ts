import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import type { OnsiteSession } from "./session/session-times.ts";

/** A session with its figures: everybody's, whichever officer asks. `invited`: whom an officer asked to come, whatever became of it. */
export type SessionFigures = Pick<
  OnsiteSession,
  "id" | "campaignId" | "place" | "address" | "startsAt" | "endsAt" | "capacity" | "state" | "version"
> & {
  offices: { id: string; code: string; name: string }[];
  invited: number;
  booked: number;
  waiting: number;
  attended: number;
};

/** How many a page of the list has. */
const SESSIONS_A_PAGE = 25;

/** Columns of `SessionFigures` for a session `s`. */
export const figuresColumns = `s.id, s.campaign_id as "campaignId", s.place, s.address, s.starts_at as "startsAt", s.ends_at as "endsAt",
  s.capacity, s.state, s.version,
  (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name) order by f.code, f.name), '[]')
    from onsite_session_office o join office f on f.id = o.office_id where o.session_id = s.id) as offices,
  p.invited, p.booked, p.waiting, p.attended`;
export const figuresJoin = `cross join lateral (
  select count(invited_at)::int as invited, count(*) filter (where state = 'booked')::int as booked,
    count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'attended')::int as attended
  from onsite_place where session_id = s.id) p`;

/** Sessions for one office at least that a scope reaches. */
const within = (parameter: string): string => `exists (select from onsite_session_office o
  where o.session_id = s.id and ${scopeCondition("o.office_id", parameter)})`;

const toComeStatement = {
  name: "onsite_sessions_to_come",
  text: `select ${figuresColumns} from onsite_session s ${figuresJoin}
    where s.campaign_id = $1 and s.state = 'open' and s.ends_at > $2 and ${within("$3")}
    order by s.starts_at, s.id limit $4`,
};
const pastStatement = {
  name: "onsite_sessions_past",
  text: `select ${figuresColumns} from onsite_session s ${figuresJoin}
    where s.campaign_id = $1 and (s.state <> 'open' or s.ends_at <= $2) and ${within("$3")}
      and ($5::uuid is null or (s.starts_at, s.id) < (select b.starts_at, b.id from onsite_session b where b.id = $5))
    order by s.starts_at desc, s.id desc limit $4`,
};

/** More than anybody plans: what is to come is listed on one page. */
const MOST_TO_COME = 200;

/**
 * The sessions of a campaign that are for people of the officer's: those to come, the next first, and those that are over
 * or were cancelled, the latest first, by pages. `before`: the session the page before ended with.
 */
export async function sessionsOf(
  ctx: Pick<Context, "db" | "now">,
  officer: Officer,
  campaignId: string,
  { before = null }: { before?: string | null } = {},
): Promise<{ toCome: SessionFigures[]; past: SessionFigures[]; next: string | null }> {
  const [now, scope] = [ctx.now(), scopeParameter(scopeOf(officer, "campaign.view"))];
  const from = isUuid(before) ? before : null;
  const [toCome, past] = await Promise.all([
    run<SessionFigures>(ctx.db, toComeStatement, [campaignId, now, scope, MOST_TO_COME]),
    run<SessionFigures>(ctx.db, pastStatement, [campaignId, now, scope, SESSIONS_A_PAGE + 1, from]),
  ]);
  const page = past.slice(0, SESSIONS_A_PAGE);
  return { toCome, past: page, next: past.length > page.length ? (page.at(-1)?.id ?? null) : null };
}

/** The next session of a campaign for people of the officer's; null where none is planned. */
export async function nextSession(
  ctx: Pick<Context, "db" | "now">,
  officer: Officer,
  campaignId: string,
): Promise<SessionFigures | null> {
  const scope = scopeParameter(scopeOf(officer, "campaign.view"));
  const [found] = await run<SessionFigures>(ctx.db, toComeStatement, [campaignId, ctx.now(), scope, 1]);
  return found ?? null;
}
