import { run } from "#db/named.ts";
import { type Aal, fresh, reaches } from "#lib/assurance/assurance.ts";
import { requiredLevel } from "#lib/assurance/policy.ts";
import { levelsNow, PROOF_LIFETIME, standingOf } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

const beginStatement = {
  name: "sign_in_begin_step_up",
  text: `insert into sign_in_ceremony (id, token_digest, step, identity_index, account_id, session_id, required, proofs, return_to, started_at)
    select $1::uuid, $2, 'prove', a.identity_index, a.id, $4::uuid, $5, $6::jsonb, $7, $8::timestamptz from account a where a.id = $3`,
};

/**
 * `enough`: the session has proven it just now. `signed_out`: it ended. Otherwise the secret of the ceremony, for this
 * browser.
 */
export type StepUp = { step: "enough" } | { step: "signed_out" } | { step: "prove"; ceremonyToken: string };

/**
 * Re-enters the sign-in ceremony for the session that acts, at the level its account asks of a sensitive change, or at
 * `required` where that is more; it begins with what the session has proven in the last ten minutes. `returnTo` is a
 * checked path of this portal.
 */
export async function beginStepUp(ctx: Context, returnTo: string, required: Aal = "aal1"): Promise<StepUp> {
  const standing = await standingOf(ctx.db, ctx);
  // What a ticket opened has nothing to step up to: it is signed out of all but the enrolment.
  if (!standing || standing.ticketId !== null || ctx.actor.kind !== "account") return { step: "signed_out" };
  const now = ctx.now();
  const { has, needs } = levelsNow(standing, now);
  const wanted = requiredLevel({ portal: needs, console: required });
  if (reaches(has, wanted)) return { step: "enough" };
  const ceremonyToken = ctx.random(32).toString("base64url");
  await run(ctx.db, beginStatement, [
    uuidv7(now, ctx.random),
    digest(ceremonyToken),
    standing.accountId,
    ctx.actor.sessionId,
    wanted,
    JSON.stringify(fresh(standing.proofs, now, PROOF_LIFETIME)),
    returnTo,
    now,
  ]);
  return { step: "prove", ceremonyToken };
}
