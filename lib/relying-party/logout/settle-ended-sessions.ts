import type { Db, Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endRelyingPartySessions, type WhyEnded } from "../end-relying-party-sessions.ts";
import { mayOpen } from "../may-open.ts";

/** Ended in one transaction: a system that is disabled, or a whole office that leaves, is no reason for a long one. */
const AT_ONCE = 200;

// Where its owner has opened the same relying party from the new session already, the older sign-in stays behind, and ends.
const moveStatement = {
  name: "relying_party_sessions_move",
  text: `update relying_party_session g set session_id = s.continued_by
    from session s
    where s.id = g.session_id and g.ended_at is null and s.continued_by is not null and ($1::uuid[] is null or g.session_id = any($1))
      and not exists (
        select 1 from relying_party_session o
        where o.session_id = s.continued_by and o.relying_party_id = g.relying_party_id and o.ended_at is null
      )
    returning g.session_id as "sessionId"`,
};

// Idle is not over: whoever works in another system all afternoon has not signed out of it.
const overStatement = {
  name: "relying_party_sessions_over",
  text: `select g.id, case
      when s.ended_why = 'signed_out' then 'signed_out'
      when s.id is null or s.ended_at is not null or s.expires_at <= $1 then 'session_ended'
      when p.disabled_at is not null then 'disabled'
      else 'no_access' end as why
    from relying_party_session g join account a on a.id = g.account_id join relying_party p on p.id = g.relying_party_id
      left join session s on s.id = g.session_id
    where g.ended_at is null and ($2::uuid[] is null or g.session_id = any($2))
      and (s.id is null or s.ended_at is not null or s.expires_at <= $1 or not ${mayOpen("a", "p", "$1")})
    order by g.id limit $3 for update of g skip locked`,
};

/**
 * Ends the sign-ins at relying parties whose session of the portal has ended or is past its 12 hours, whose owner may not open
 * them any more, or whose relying party is disabled; and hangs those of a session that its owner has replaced by signing in
 * again on the new one. Looks at those of the named sessions, or at all. Answers how many ended. Any number of instances may do
 * it at once.
 */
export async function settleEndedSessions(ctx: Context, sessionIds: readonly string[] | null = null): Promise<number> {
  const touched = await moveToContinuing(ctx, sessionIds);
  let ended = 0;
  for (let found = AT_ONCE; found === AT_ONCE; ) {
    found = await ctx.db.transaction((tx) => endSome(tx, ctx, touched));
    ended += found;
  }
  return ended;
}

/** Somebody may have signed in again more than once; each step of it is one move. Answers the sessions that are now concerned. */
async function moveToContinuing(ctx: Context, sessionIds: readonly string[] | null): Promise<string[] | null> {
  const concerned = sessionIds && new Set(sessionIds);
  for (let from: string[] | null = sessionIds && [...sessionIds]; from === null || from.length > 0; ) {
    const moved = await move(ctx.db, from);
    if (moved.length === 0) break;
    from = moved;
    for (const id of moved) concerned?.add(id);
  }
  return concerned && [...concerned];
}

/** As PostgreSQL writes an array of ids: within a transaction a list would become so many parameters. */
const arrayOf = (ids: readonly string[] | null): string | null => ids && `{${ids.join(",")}}`;

/** Where the relying party is opened from the new session at this very moment, the next look finds it there. */
const move = (db: Db, from: string[] | null): Promise<string[]> =>
  whenContended(() =>
    db.transaction(async (tx) => {
      const moved = await run<{ sessionId: string }>(tx, moveStatement, [arrayOf(from)]);
      return moved.map(({ sessionId }) => sessionId);
    }),
  );

async function endSome(tx: Tx, ctx: Context, sessionIds: string[] | null): Promise<number> {
  const over = await run<{ id: string; why: WhyEnded }>(tx, overStatement, [ctx.now(), arrayOf(sessionIds), AT_ONCE]);
  for (const why of new Set(over.map((each) => each.why))) {
    const relyingPartySessionIds = over.filter((each) => each.why === why).map(({ id }) => id);
    await endRelyingPartySessions(tx, ctx, { relyingPartySessionIds }, why);
  }
  return over.length;
}
