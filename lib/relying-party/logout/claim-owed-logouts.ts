import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, seconds } from "#lib/kernel/time.ts";
import type { JwtAlg } from "../signing-keys/sign-jwt.ts";

/** Called at one relying party at the same time: a thousand sign-outs do not storm it. */
const AT_ONCE = 8;
/** Until somebody else tries what an instance has claimed that was killed: longer than one call lasts. */
const CLAIMED_FOR = seconds(30);

/** A relying party that is owed the news that a sign-in at it has ended. */
export type OwedLogout = {
  id: string;
  relyingPartyId: string;
  accountId: string;
  clientId: string;
  system: string;
  /** Null where it had one when the sign-in ended, and has none any more. */
  backchannelLogoutUri: string | null;
  alg: JwtAlg;
  subjectType: "public" | "pairwise";
  redirectUris: string[];
  subject: string;
  pairwiseSeed: string;
  endedAt: Date;
  /** With this one. */
  tries: number;
};

const statement = {
  name: "logouts_claim",
  text: `with ranked as (
      select id, row_number() over (partition by relying_party_id order by logout_due_at, id) as nth
      from relying_party_session where logout_due_at <= $1 and not relying_party_id = any($3::uuid[])
    ), due as (
      select id from relying_party_session
      where id in (select id from ranked where nth <= $4) and logout_due_at <= $1 for update skip locked
    )
    update relying_party_session g set logout_due_at = $2, logout_tries = g.logout_tries + 1
    from due, relying_party p, account a
    where g.id = due.id and p.id = g.relying_party_id and a.id = g.account_id
    returning g.id, p.id as "relyingPartyId", a.id as "accountId", p.client_id as "clientId", p.name as system,
      p.backchannel_logout_uri as "backchannelLogoutUri", p.id_token_alg as alg, p.subject_type as "subjectType",
      p.redirect_uris as "redirectUris", a.subject, a.pairwise_seed as "pairwiseSeed", g.ended_at as "endedAt",
      g.logout_tries as tries`,
};

/** Takes some of what is due, of each relying party but the `busy` ones (ids), for this instance alone. */
export const claimOwedLogouts = (ctx: Context, busy: readonly string[]): Promise<OwedLogout[]> =>
  run<OwedLogout>(ctx.db, statement, [ctx.now(), after(ctx.now(), CLAIMED_FOR), busy, AT_ONCE]);
