import { run } from "#db/named.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { tellWritten } from "#lib/audit/hear-events.ts";
import { eventColumns, eventJson, eventRecord } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { NewRecord } from "../records/records.ts";
import type { SignedIn } from "./find-signed-in.ts";

/** What a code stands for: whose, at which relying party, with what granted. */
export type Beginning = Pick<SignedIn, "accountId" | "sessionId"> & {
  grantId: string;
  relyingPartyId: string;
  system: string;
  scopes: readonly string[];
  claims: readonly string[];
  level: string;
};

// Of two at once the second finds the first one's row, and its code hangs on that.
const statement = {
  name: "relying_party_sign_in",
  text: `with g as (
      insert into relying_party_session as g (id, session_id, account_id, relying_party_id, scopes, claims, started_at, last_used_at)
      values ($1, $2, $3, $4, $5::text[], $6::jsonb, $7, $7)
      on conflict (session_id, relying_party_id) where ended_at is null do update set last_used_at = excluded.last_used_at,
        scopes = array(select distinct unnest(g.scopes || excluded.scopes)), claims = excluded.claims
      returning id, (xmax = 0) as began
    ), noted as (
      insert into audit_event (${eventColumns}) select ${eventColumns}
      from g cross join lateral jsonb_to_record(jsonb_set($8::jsonb, '{data,relyingPartySessionId}', to_jsonb(g.id))) as ${eventRecord}
      where g.began
    )
    insert into oidc_record (model, id_digest, payload_sealed, grant_id, expires_at) select $9, $10, $11, g.id, $12 from g
    returning (select began from g) as began`,
};

/**
 * Writes a code with the sign-in it belongs to, which begins with the first code and is recorded then, in one statement. What
 * a further code is granted is added to what was.
 */
export async function beginSignIn(ctx: Context, began: Beginning, code: NewRecord): Promise<void> {
  const { accountId, sessionId, grantId, relyingPartyId, system, scopes, claims, level } = began;
  const event: AuditEvent = {
    type: "relying_party.signed_in",
    accountId,
    relyingPartyId,
    system,
    relyingPartySessionId: grantId,
    level,
  };
  const [written] = await run<{ began: boolean }>(ctx.db, statement, [
    grantId,
    sessionId,
    accountId,
    relyingPartyId,
    scopes,
    JSON.stringify(claims),
    ctx.now(),
    JSON.stringify(eventJson({ ...ctx, actor: { kind: "account", accountId, sessionId } }, event)),
    code.model,
    code.idDigest,
    code.payloadSealed,
    code.expiresAt,
  ]);
  if (written?.began) tellWritten([event]);
}

const codeStatement = {
  name: "relying_party_code",
  text: `insert into oidc_record (model, id_digest, payload_sealed, grant_id, expires_at)
    select $2, $3, $4, id, $5 from relying_party_session where id = $1 and ended_at is null returning true as added`,
};

/** Writes a further code of a sign-in of which nothing changes. Answers whether it was still open. */
export async function addCode(ctx: Pick<Context, "db">, grantId: string, code: NewRecord): Promise<boolean> {
  const { model, idDigest, payloadSealed, expiresAt } = code;
  return (await run(ctx.db, codeStatement, [grantId, model, idDigest, payloadSealed, expiresAt])).length > 0;
}
