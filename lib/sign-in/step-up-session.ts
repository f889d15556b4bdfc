import { run } from "#db/named.ts";
import { acrOf, assuranceOf, type Proof } from "#lib/assurance/assurance.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { tellWritten } from "#lib/audit/hear-events.ts";
import { auditRow } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import type { Attempt } from "./attempt.ts";
import { type CountedTry, giveBackTry } from "./give-back-try.ts";
import { stillStands } from "./still-stands.ts";

const stepUpStatement = {
  name: "sign_in_step_up",
  text: `with ceremony as (
      update sign_in_ceremony c set step = 'established', proofs = $3::jsonb
      where c.id = $1 and c.step = 'prove' and c.session_id = $2 and ${stillStands("c.account_id", "$3")}
        -- Only in the browser whose session it is.
        and exists (select 1 from session s where s.id = $2 and s.token_digest = $4 and s.ended_at is null and s.expires_at > $6)
      returning account_id
    ), ${giveBackTry("$13", "$15", "$14", "$6")}, stepped as (
      update session s set token_digest = $5, last_seen_at = $6, proofs = coalesce((
          select jsonb_agg(earlier) from jsonb_array_elements(s.proofs) earlier
          where not exists (select 1 from jsonb_array_elements($3::jsonb) later where later ->> 'factor' = earlier ->> 'factor')
        ), '[]') || $3::jsonb
      where s.id = $2 and s.token_digest = $4 and s.ended_at is null and exists (select 1 from ceremony)
      returning id, account_id
    ), trail as (
      insert into audit_event (at, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data)
      select $6::timestamptz, $7, $8, account_id, 'account', account_id, id, $9, $10, $11, $12::jsonb from stepped
    )
    select id from stepped`,
};

/**
 * Adds the proofs of a ceremony to the session it was begun for, which gets a new secret (a stolen old one opens
 * nothing), in one statement with the trail. Answers the secret for the cookie, or null where the session or the
 * ceremony ended meanwhile, or this is another browser.
 */
export async function stepUpSession(
  ctx: Context,
  attempt: Attempt & { accountId: string; sessionId: string },
  proofs: readonly Proof[],
  previousToken: string | null,
  counted: CountedTry | null,
): Promise<string | null> {
  if (previousToken === null) return null;
  const token = ctx.random(32).toString("base64url");
  const { accountId, sessionId } = attempt;
  const level = assuranceOf(proofs);
  const event: AuditEvent = {
    type: "session.stepped_up",
    accountId,
    sessionId,
    level: level ? acrOf(level) : "",
  };
  const row = auditRow(ctx, event);
  const stepped = await run(ctx.db, stepUpStatement, [
    attempt.ceremonyId,
    sessionId,
    JSON.stringify(proofs),
    digest(previousToken),
    digest(token),
    ctx.now(),
    row.type,
    row.outcome,
    row.requestId,
    row.ip,
    row.device,
    JSON.stringify(row.data),
    counted?.addressKey ?? null,
    attempt.identityIndex,
    counted?.browser ?? null,
  ]);
  if (stepped.length !== 1) return null;
  tellWritten([event]);
  return token;
}
