import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { mayOpen } from "../../may-open.ts";
import { type Person, personColumns } from "../session/find-signed-in.ts";

/** A sign-in at a relying party that is open: what its codes and tokens hang on. */
export type Granted = Person & {
  grantId: string;
  relyingPartyId: string;
  system: string;
  clientId: string;
  scopes: string[];
  claims: string[] | null;
  /** Of the portal's session: the last refresh token dies with it. */
  sessionExpiresAt: Date;
};

/** A record as it lies, and what it hangs on; `mayOpen` null where that has ended. */
export type FoundRecord = Granted & {
  payloadSealed: string;
  consumedAt: Date | null;
  mayOpen: boolean | null;
};

// A session that its owner's next one continues is as good as that one, until what hangs on it has moved there.
const statement = {
  name: "oidc_record_find",
  text: `select r.payload_sealed as "payloadSealed", r.consumed_at as "consumedAt", x.*
    from oidc_record r left join lateral (
      select g.id as "grantId", g.scopes, g.claims, p.id as "relyingPartyId", p.client_id as "clientId", p.name as system,
        coalesce(n.expires_at, s.expires_at) as "sessionExpiresAt", ${mayOpen("a", "p", "$3")} as "mayOpen", ${personColumns("$3")}
      from relying_party_session g join relying_party p on p.id = g.relying_party_id
        join account a on a.id = g.account_id join office o on o.id = a.office_id
        join session s on s.id = g.session_id
        left join session n on n.id = s.continued_by and n.ended_at is null and n.expires_at > $3
      where g.id = r.grant_id and g.ended_at is null and (n.id is not null or s.ended_at is null and s.expires_at > $3)
    ) x on true
    where r.model = $1 and r.id_digest = $2 and r.expires_at > $3`,
};

/** A record by the secret it is found by, with what it hangs on, in one statement; nothing where it is over. */
export async function findRecord(
  ctx: Pick<Context, "db" | "now">,
  model: string,
  id: string,
): Promise<FoundRecord | null> {
  const [found] = await run<FoundRecord>(ctx.db, statement, [model, digest(id), ctx.now()]);
  return found ?? null;
}
