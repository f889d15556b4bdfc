import { run } from "#db/named.ts";
import { type Aal, assuranceOf, reaches } from "#lib/assurance/assurance.ts";
import { requiredLevel } from "#lib/assurance/policy.ts";
import { levelsNow, type Standing, standingOf } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { countedProofs } from "./counted-proofs.ts";

const beginStatement = {
  name: "sign_in_begin_step_up",
  text: `insert into sign_in_ceremony (id, token_digest, step, identity_index, account_id, session_id, required, proofs, return_to, started_at, proofs_since)
    select $1::uuid, $2, 'prove', a.identity_index, a.id, $4::uuid, $5, $6::jsonb, $7, $8::timestamptz, $9::timestamptz from account a where a.id = $3`,
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
  if (!standing) return { step: "signed_out" };
  const { needs } = levelsNow(standing, ctx.now());
  return begin(ctx, standing, returnTo, requiredLevel({ portal: needs, console: required }), null);
}

/**
 * The same where somebody else asks, a relying party: at exactly this level, with all that the session has proven since
 * a moment; since it was opened where that is null.
 */
export async function beginStepUpFor(
  ctx: Context,
  returnTo: string,
  { level, since }: { level: Aal; since: Date | null },
): Promise<StepUp> {
  const standing = await standingOf(ctx.db, ctx);
  return standing ? begin(ctx, standing, returnTo, level, since ?? BEFORE_ALL) : { step: "signed_out" };
}

/** Earlier than any session. */
const BEFORE_ALL = new Date(0);

async function begin(
  ctx: Context,
  { accountId, proofs, ticketId }: Standing,
  returnTo: string,
  wanted: Aal,
  proofsSince: Date | null,
): Promise<StepUp> {
  // What a ticket opened has nothing to step up to: it is signed out of all but the enrolment.
  if (ticketId !== null || ctx.actor.kind !== "account") return { step: "signed_out" };
  const now = ctx.now();
  const { sessionId } = ctx.actor;
  const brought = countedProofs({ sessionId, proofs, proofsSince }, now);
  if (reaches(assuranceOf(brought), wanted)) return { step: "enough" };
  const ceremonyToken = ctx.random(32).toString("base64url");
  await run(ctx.db, beginStatement, [
    uuidv7(now, ctx.random),
    digest(ceremonyToken),
    accountId,
    sessionId,
    wanted,
    JSON.stringify(brought),
    returnTo,
    now,
    proofsSince,
  ]);
  return { step: "prove", ceremonyToken };
}
