import type { GoogleIdentity } from "#lib/authenticators/google/google-identity.ts";
import { recogniseGoogle } from "#lib/authenticators/google/recognise-google.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { openAttempt } from "./attempt.ts";
import { beginSignInOf } from "./begin-sign-in.ts";
import { finishProof, type SignInAnswer } from "./finish-proof.ts";

export type GoogleProof = { ceremonyToken: string; answer: Extract<SignInAnswer, { ok: true }> };

/**
 * Signs in whoever has linked this Google account: no number is typed, Google says who it is, and that counts as AAL1.
 * The secret of the ceremony is for this browser, since more may be asked for. `not_linked` stands for an account that
 * may not be entered as well; `start_again`: it was unlinked meanwhile.
 */
export async function proveGoogle(
  ctx: Context,
  google: GoogleIdentity,
  returnTo: string | null,
  previousToken: string | null,
): Promise<Result<GoogleProof, "not_linked" | "start_again">> {
  const recognised = await recogniseGoogle(ctx, google);
  if (!recognised.ok) return recognised;
  const { accountId, linkId } = recognised.value;
  const { ceremonyToken } = await beginSignInOf(ctx, accountId, returnTo);
  const attempt = await openAttempt(ctx, ceremonyToken);
  if (!attempt) return refuse("start_again");
  const proof = { factor: "google", at: ctx.now().toISOString(), credential: linkId } as const;
  const answer = await finishProof(ctx, attempt, proof, previousToken);
  return answer.ok ? ok({ ceremonyToken, answer }) : refuse("start_again");
}
