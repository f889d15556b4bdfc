import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { acrOf, assuranceOf, type Proof } from "#lib/assurance/assurance.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

const addStatement = {
  name: "session_add_proof",
  text: `update session s set token_digest = $2, proofs = coalesce((
      select jsonb_agg(earlier) from jsonb_array_elements(s.proofs) earlier where earlier ->> 'factor' <> $3
    ), '[]') || $4::jsonb
    where s.id = $1 and s.ended_at is null returning s.account_id as "accountId", s.proofs`,
};

/**
 * Adds what the owner has just proven while they set it up, instead of the session's earlier proof of that factor: what
 * they do next may need it. Gives the session a new secret, since its level may rise; answers that for the cookie, or
 * null where the session ended meanwhile.
 */
export async function addProof(tx: Tx, ctx: Context, proof: Proof): Promise<string | null> {
  if (ctx.actor.kind !== "account") return null;
  const { sessionId } = ctx.actor;
  const token = ctx.random(32).toString("base64url");
  const [added] = await run<{ accountId: string; proofs: Proof[] }>(tx, addStatement, [
    sessionId,
    digest(token),
    proof.factor,
    JSON.stringify([proof]),
  ]);
  if (!added) return null;
  const level = assuranceOf(added.proofs);
  const { accountId } = added;
  await record(tx, ctx, { type: "session.stepped_up", accountId, sessionId, level: level ? acrOf(level) : "" });
  return token;
}
