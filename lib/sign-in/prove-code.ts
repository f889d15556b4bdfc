import type { SignInReason } from "#lib/audit/catalogue.ts";
import { verifyEmailCode } from "#lib/authenticators/email-code/verify-email-code.ts";
import { verifyRecoveryCode } from "#lib/authenticators/recovery-codes/verify-recovery-code.ts";
import { verifyTotp } from "#lib/authenticators/totp/verify-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { consume, giveBackOne } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { type Allowance, limits } from "#lib/throttle/limits.ts";
import { type Attempt, openAttempt } from "./attempt.ts";
import { finishProof, refusedStatus, refuseProof, type SignInAnswer } from "./finish-proof.ts";

/** What is proven by typing a code. */
export type CodeFactor = "totp" | "recovery_code" | "email_code";

/** Who tries: nobody where the number is nobody's. */
export type CodeSubject = { accountId: string | null; ceremonyId: string };

/**
 * Looks at a code and consumes it at once where it is right; costs the same for nobody. `credential`: the id of what
 * proved it.
 */
type Verify = (
  ctx: Context,
  of: CodeSubject,
  code: string,
) => Promise<Result<{ credential?: string }, SignInReason | "busy">>;

/** Who looks at which code. */
const verifiers: Record<CodeFactor, Verify> = {
  totp: verifyTotp,
  recovery_code: verifyRecoveryCode,
  email_code: verifyEmailCode,
};

type Count = { purpose: string; key: string; allowance: Allowance };

/**
 * What a try is counted on. Codes of the app and by email share one count, so that whoever may guess at both does not
 * guess twice as often. Tries of one code by email are counted on its own row.
 */
export function countsOf(
  ctx: Context,
  { identityIndex, deviceId }: Pick<Attempt, "identityIndex" | "deviceId">,
  factor: CodeFactor,
): Count[] {
  const key = `${identityIndex}:${deviceId ?? "unknown"}`;
  const ofAccount = { purpose: "code-try", key, allowance: limits.codeTriesPerAccount };
  switch (factor) {
    case "totp": {
      const step = Math.floor(ctx.now().getTime() / limits.triesPerStep.window);
      return [{ purpose: "code-try-step", key: `${key}:${step}`, allowance: limits.triesPerStep }, ofAccount];
    }
    case "email_code":
      return [ofAccount];
    case "recovery_code":
      return [{ purpose: "recovery-code-try", key, allowance: limits.recoveryCodeTries }];
  }
}

export const ANSWER_STEP = seconds(0.1);

/**
 * The code step, for an authenticator app, a code by email, or a recovery code. Each try is counted as wrong before it
 * is looked at, on the client's address and on the account; a browser the account knows counts on its own, as with
 * passwords. A number nobody has is counted and answered alike. Refusals come at a multiple of a tenth of a second.
 */
export async function proveCode(
  ctx: Context,
  ceremonyToken: string,
  factor: CodeFactor,
  code: string,
  previousToken: string | null,
): Promise<SignInAnswer> {
  return inEvenTime(ANSWER_STEP, () => prove(ctx, ceremonyToken, factor, code, previousToken));
}

async function prove(
  ctx: Context,
  ceremonyToken: string,
  factor: CodeFactor,
  code: string,
  previousToken: string | null,
): Promise<SignInAnswer> {
  const attempt = await openAttempt(ctx, ceremonyToken);
  if (!attempt) return refuse("start_again");
  const ofAddress = await spendTry(ctx);
  if (!ofAddress.ok && attempt.deviceId === null) return ofAddress;
  const counts = countsOf(ctx, attempt, factor);
  for (const { purpose, key, allowance } of counts)
    if (!(await consume(ctx.db, purpose, key, allowance)).ok) return refuseProof(ctx, attempt, factor, "paused");

  const verified = await verifiers[factor](ctx, subjectOf(attempt, factor), code);
  const refused = verified.ok ? null : verified.error;
  if (refused !== null && refused !== "busy")
    return refuseProof(ctx, attempt, factor, reasonFor(attempt, factor) ?? refused);
  // Where too many hashes wait the code was not looked at: that was no try.
  await refundTry(ctx);
  await Promise.all(counts.map(({ purpose, key, allowance }) => giveBackOne(ctx.db, purpose, key, allowance)));
  if (!verified.ok) return refuse("busy");
  return finishProof(ctx, attempt, { factor, at: ctx.now().toISOString(), ...verified.value }, previousToken);
}

/** Whoever may not sign in, or has that switched off, is looked at as nobody: nothing of theirs is consumed. */
const subjectOf = (attempt: Attempt, factor: CodeFactor): CodeSubject => ({
  accountId: reasonFor(attempt, factor) ? null : attempt.accountId,
  ceremonyId: attempt.ceremonyId,
});

function reasonFor(attempt: Attempt, factor: CodeFactor): SignInReason | null {
  const status = refusedStatus(attempt);
  if (status) return status;
  return factor === "email_code" && !attempt.enrolled.emailCode ? "switched_off" : null;
}
