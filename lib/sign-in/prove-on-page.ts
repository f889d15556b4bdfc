import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import type { ProveUse } from "#lib/authenticators/passkey/challenge.ts";
import { verifyPasskey } from "#lib/authenticators/passkey/verify-passkey.ts";
import { verifyTotp } from "#lib/authenticators/totp/verify-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { consume, giveBackOne } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { refusedStatus, refuseProof } from "./finish-proof.ts";
import { ANSWER_STEP, countsOf } from "./prove-code.ts";
import { tellOfCopy } from "./prove-passkey.ts";

/** What is proven on the page of a single deed: a code that the app shows now, or a passkey's answer to a challenge of `use`. */
export type GivenProof = { code: string } | { credentialJson: string; use: ProveUse };

/** mismatch: whatever concerns the code or the passkey. `unknownCredential`: as at sign-in. */
export type ProveRefusal = "mismatch" | "too_many" | "signed_out";
export type ProveAnswer = Result<Proof, ProveRefusal> & { retryAfterSeconds?: number; unknownCredential?: string };

type Subject = { identityIndex: string; deviceId: string | null };

const subjectStatement = {
  name: "prove_on_page_subject",
  text: `select a.identity_index as "identityIndex", d.id as "deviceId" from account a
      left join device d on d.account_id = a.id and d.token_digest = $2 and d.signed_in_at is not null
    where a.id = $1`,
};

/**
 * Verifies one factor of whoever is signed in, for one deed on the page it is given on: it is no ceremony and changes nothing of
 * the session. Tries are counted where those of a sign-in are, so that nobody guesses twice as often here.
 */
export async function proveOnPage(ctx: Context, given: GivenProof): Promise<ProveAnswer> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const { accountId } = ctx.actor;
  return "code" in given
    ? inEvenTime(ANSWER_STEP, () => byCode(ctx, accountId, given.code))
    : byPasskey(ctx, accountId, given);
}

async function byCode(ctx: Context, accountId: string, code: string): Promise<ProveAnswer> {
  const { deviceToken } = ctx.request;
  const [subject] = await run<Subject>(ctx.db, subjectStatement, [accountId, deviceToken && digest(deviceToken)]);
  if (!subject) return refuse("signed_out");
  const ofAddress = await spendTry(ctx);
  if (!ofAddress.ok && subject.deviceId === null) return ofAddress;
  const counts = countsOf(ctx, subject, "totp");
  for (const { purpose, key, allowance } of counts)
    if (!(await consume(ctx.db, purpose, key, allowance)).ok) return refused(ctx, accountId, "totp", "paused");
  const verified = await verifyTotp(ctx, { accountId, ceremonyId: "" }, code);
  if (!verified.ok) return refused(ctx, accountId, "totp", verified.error);
  await refundTry(ctx);
  await Promise.all(counts.map(({ purpose, key, allowance }) => giveBackOne(ctx.db, purpose, key, allowance)));
  return ok({ factor: "totp", at: ctx.now().toISOString(), ...verified.value });
}

async function byPasskey(
  ctx: Context,
  accountId: string,
  { credentialJson, use }: { credentialJson: string; use: ProveUse },
): Promise<ProveAnswer> {
  const verified = await verifyPasskey(ctx, credentialJson, { use, accountId, barred: refusedStatus });
  if (verified.ok)
    return ok({ factor: "passkey_verified", at: ctx.now().toISOString(), credential: verified.passkeyId });
  const counted = await spendTry(ctx);
  if (!counted.ok) return counted;
  const { reason, unknownCredential } = verified;
  if (reason === "not_ours") return refuse("mismatch");
  if (reason === "signature_counter") await tellOfCopy(ctx, accountId);
  const answer =
    reason === "signature_counter"
      ? refuse("mismatch" as const)
      : await refused(ctx, accountId, "passkey_verified", reason);
  return { ...answer, ...(unknownCredential !== undefined && { unknownCredential }) };
}

async function refused(
  ctx: Context,
  accountId: string,
  factor: "totp" | "passkey_verified",
  reason: SignInReason,
): Promise<ProveAnswer> {
  await refuseProof(ctx, { accountId }, factor, reason);
  return refuse("mismatch");
}
