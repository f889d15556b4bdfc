import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { PlaceState } from "./places/place-moves.ts";
import type { OnsiteSession } from "./session/session-times.ts";

/** A session that somebody may come to, or comes to. `waitsBehind`: how many wait before them. */
export type OwnSession = Pick<
  OnsiteSession,
  "id" | "place" | "address" | "startsAt" | "endsAt" | "noteMs" | "noteEn" | "state" | "version" | "createdAt"
> & {
  own: PlaceState | null;
  /** Since when it is so. */
  since: Date | null;
  /** How many places are left; none while somebody waits. */
  left: number;
  waitsBehind: number;
};

const columns = `s.id, s.place, s.address, s.starts_at as "startsAt", s.ends_at as "endsAt", s.note_ms as "noteMs", s.note_en as "noteEn",
  s.state, s.version, s.created_at as "createdAt", p.state as own, p.since,
  case when n.waiting > 0 then 0 else greatest(s.capacity - n.taken, 0) end as "left",
  (select count(*)::int from onsite_place w where w.session_id = s.id and w.state = 'waiting' and p.state = 'waiting'
    and (w.since, w.id) < (p.since, p.id)) as "waitsBehind"`;
const places = `left join onsite_place p on p.session_id = s.id and p.account_id = $1
  cross join lateral (select count(*) filter (where state in ('booked', 'attended'))::int as taken,
    count(*) filter (where state = 'waiting')::int as waiting from onsite_place where session_id = s.id) n`;
// Also those they hold a place in though their office is another by now.
const statement = {
  name: "onsite_own_sessions",
  text: `select ${columns} from onsite_session s join campaign c on c.id = s.campaign_id ${places}
    where s.state = 'open' and s.ends_at > $2 and c.state in ('announced', 'running') and (p.state in ('booked', 'waiting', 'attended') or (
      s.starts_at > $2
      and exists (select from campaign_person m where m.campaign_id = c.id and m.account_id = $1 and m.state <> 'left')
      and exists (select from onsite_session_office o join account a on a.office_id = o.office_id where o.session_id = s.id and a.id = $1)))
    order by s.starts_at, s.id limit 50`,
};
const oneStatement = {
  name: "onsite_own_session",
  text: `select ${columns} from onsite_session s ${places} where s.id = $2 and p.id is not null`,
};

/** The sessions to come that somebody may come to, or comes to; the next first. */
export const comingSessions = (ctx: Pick<Context, "db" | "now">, accountId: string): Promise<OwnSession[]> =>
  run(ctx.db, statement, [accountId, ctx.now()]);

/** A session that somebody holds, waits for, or gave up a place in: for its calendar file, when it is over or cancelled too. */
export async function ownSession(
  ctx: Pick<Context, "db">,
  accountId: string,
  sessionId: string,
): Promise<OwnSession | null> {
  if (!isUuid(sessionId)) return null;
  const [found] = await run<OwnSession>(ctx.db, oneStatement, [accountId, sessionId]);
  return found ?? null;
}
