import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

/** A system that somebody is signed in to from a session. `isTold`: it has an address for being told of a sign-out. */
export type OpenSystem = { relyingPartySessionId: string; clientId: string; name: string; isTold: boolean };

/** What would end. */
export type SignOut = { accountId: string; sessionId: string; systems: OpenSystem[] };

// Whoever has been idle for too long to do anything may still sign out of what they opened.
const statement = {
  name: "sign_out_find",
  text: `select s.id as "sessionId", s.account_id as "accountId",
      (select coalesce(jsonb_agg(jsonb_build_object('relyingPartySessionId', g.id, 'clientId', p.client_id, 'name', p.name,
          'isTold', p.backchannel_logout_uri is not null) order by p.name, p.id), '[]')
        from relying_party_session g join relying_party p on p.id = g.relying_party_id
        where g.session_id = s.id and g.ended_at is null) as systems
    from session s where s.token_digest = $1 and s.ended_at is null and s.expires_at > $2`,
};

/** The session of a browser's cookie, however idle, and the systems that were opened from it; null where it has ended. */
export async function findSignOut(ctx: Pick<Context, "db" | "now">, token: string): Promise<SignOut | null> {
  const [found] = await run<SignOut>(ctx.db, statement, [digest(token), ctx.now()]);
  return found ?? null;
}
