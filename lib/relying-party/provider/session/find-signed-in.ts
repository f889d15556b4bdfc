import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { grantsColumn } from "#lib/session/grants-in-force.ts";
import { idleSince, OFFICER_IDLE, SEEN_STEP, SESSION_IDLE } from "#lib/session/session.ts";
import { mayOpen, roleKeysColumn } from "../../may-open.ts";

/** What relying parties are told of somebody, by the scopes they were granted. */
export type Person = {
  accountId: string;
  subject: string;
  pairwiseSeed: string;
  fullName: string;
  officialEmail: string;
  emailVerified: boolean;
  officeCode: string;
  officeName: string;
  roleKeys: string[];
};

/** A live session of the portal, and where its owner stands at one relying party. */
export type SignedIn = Person & {
  sessionId: string;
  proofs: Proof[];
  passkeys: number;
  totp: boolean;
  asksTwoFactors: boolean;
  /** Null where there is no such relying party. */
  relyingPartyId: string | null;
  system: string | null;
  mayOpen: boolean | null;
  /** The sign-in at it that this session has open: what was granted there. */
  grantId: string | null;
  scopes: string[] | null;
  claims: string[] | null;
  grantUsedAt: Date | null;
  consented: string[] | null;
  consentedAt: Date | null;
};

/** The columns of `Person`, of an account `a`, its office `o` and a relying party `p`. */
export const personColumns = (now: string): string => `
  a.id as "accountId", a.subject, a.pairwise_seed as "pairwiseSeed", a.full_name as "fullName",
  a.official_email as "officialEmail", a.official_email_verified_at is not null as "emailVerified",
  o.code as "officeCode", o.name as "officeName", ${roleKeysColumn("a", "p", now)} as "roleKeys"`;

// A session that an enrolment ticket opened enrols a factor, and opens no system.
const statement = {
  name: "relying_party_signed_in",
  text: `with found as materialized (
      select s.id, s.account_id, s.proofs, s.last_seen_at
      from session s join account a on a.id = s.account_id
        cross join lateral (select ${grantsColumn("a.id", "$2", "s.created_at")} as grants) r
      where s.token_digest = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > ${idleSince("$3", "$5")}
        and a.status = 'activated' and s.ticket_id is null
    ), seen as (
      update session set last_seen_at = $2 where $7::boolean and id = (select id from found where last_seen_at < $4)
    )
    select s.id as "sessionId", s.proofs, ${personColumns("$2")}, 
      (select count(*)::int from passkey where account_id = a.id) as passkeys,
      exists (select 1 from totp_credential where account_id = a.id) as totp, a.asks_two_factors as "asksTwoFactors",
      p.id as "relyingPartyId", p.name as system, ${mayOpen("a", "p", "$2")} as "mayOpen",
      g.id as "grantId", g.scopes, g.claims, g.last_used_at as "grantUsedAt", c.scopes as consented, c.given_at as "consentedAt"
    from found s join account a on a.id = s.account_id join office o on o.id = a.office_id
      left join relying_party p on p.client_id = $6
      left join relying_party_session g on g.session_id = s.id and g.relying_party_id = p.id and g.ended_at is null
      left join consent c on c.account_id = a.id and c.relying_party_id = p.id and c.withdrawn_at is null`,
};

/**
 * Who is signed in with a cookie's secret, seen from a relying party (by its client id), in one statement. Counts as use of
 * the session, unless the relying party asks without its owner (`prompt=none`): else a page left open would keep it alive.
 */
export async function findSignedIn(
  ctx: Pick<Context, "db" | "now">,
  token: string,
  clientId: string,
  countsAsUse = true,
): Promise<SignedIn | null> {
  const now = ctx.now();
  const [found] = await run<SignedIn>(ctx.db, statement, [
    digest(token),
    now,
    before(now, SESSION_IDLE),
    before(now, SEEN_STEP),
    before(now, OFFICER_IDLE),
    clientId,
    countsAsUse,
  ]);
  return found ?? null;
}
