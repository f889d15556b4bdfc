import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { ProveUse } from "#lib/authenticators/passkey/challenge.ts";
import { type PasskeyRefusal, verifyPasskey } from "#lib/authenticators/passkey/verify-passkey.ts";
import type { Context } from "#lib/kernel/context.ts";
import { refuse } from "#lib/kernel/result.ts";
import { spendTry } from "#lib/throttle/failed-tries.ts";
import { type Attempt, openAttempt } from "./attempt.ts";
import { beginSignInOf } from "./begin-sign-in.ts";
import { finishProof, refusedStatus, refuseProof, type SignInAnswer } from "./finish-proof.ts";

export type PasskeyPost = {
  /** Of the sign-in or step-up under way; null where the passkey alone says who it is (autofill). */
  ceremonyToken: string | null;
  /** The browser's answer as JSON. */
  credentialJson: string;
  /** The session this browser has. */
  previousToken: string | null;
  /** A checked path of this portal, for a sign-in that begins with the passkey. */
  returnTo: string | null;
};

/**
 * `unknownCredential` (base64url): nobody has this one, so the browser may be told to offer it no more
 * (`signalUnknownCredential`).
 */
export type PasskeyAnswer = SignInAnswer & { unknownCredential?: string };

/** What the challenge of this sign-in was asked for. */
export const attemptUse = ({ sessionId, ceremonyId }: Pick<Attempt, "sessionId" | "ceremonyId">): ProveUse =>
  sessionId === null ? { purpose: "sign-in", binding: ceremonyId } : { purpose: "step-up", binding: sessionId };

/** Of a browser that nobody has typed a number in: its own secret, which it is given with the options. */
export const autofillUse = (deviceToken: string): ProveUse => ({ purpose: "autofill", binding: deviceToken });

/**
 * The passkey step. A right passkey is never held up: not by the pauses of a password, nor by what others at this
 * address do, since none can be guessed. Failed tries count on the client's address alone, after they were looked at.
 * Every refusal that concerns the account is `mismatch`, and costs the same whether or not anybody has the number that
 * was typed.
 */
export async function provePasskey(ctx: Context, post: PasskeyPost): Promise<PasskeyAnswer> {
  const attempt = post.ceremonyToken === null ? null : await openAttempt(ctx, post.ceremonyToken);
  if (post.ceremonyToken !== null && !attempt) return refuse("start_again");
  const { deviceToken } = ctx.request;
  if (!attempt && deviceToken === null) return refuse("start_again");

  const verified = await verifyPasskey(ctx, post.credentialJson, {
    use: attempt ? attemptUse(attempt) : autofillUse(deviceToken ?? ""),
    accountId: attempt ? attempt.accountId : "anybody",
    barred: refusedStatus,
  });
  if (!verified.ok) return refused(ctx, attempt, verified);

  const opened = attempt ?? (await openOwn(ctx, verified.accountId, post.returnTo));
  if (!opened) return refuse("start_again");
  const proof = { factor: "passkey_verified", at: ctx.now().toISOString(), credential: verified.passkeyId } as const;
  return finishProof(ctx, opened, proof, post.previousToken);
}

/** A sign-in of its own, for the account that the passkey named. */
async function openOwn(ctx: Context, accountId: string, returnTo: string | null): Promise<Attempt | null> {
  const { ceremonyToken } = await beginSignInOf(ctx, accountId, returnTo);
  return openAttempt(ctx, ceremonyToken);
}

async function refused(ctx: Context, attempt: Attempt | null, why: PasskeyRefusal): Promise<PasskeyAnswer> {
  const counted = await spendTry(ctx);
  if (!counted.ok) return counted;
  const { reason, unknownCredential } = why;
  // An answer to no challenge of ours concerns nobody: what anybody could send without end leaves no trace.
  if (reason === "not_ours") return refuse("mismatch");
  const accountId = attempt ? attempt.accountId : why.accountId;
  if (reason === "signature_counter") await tellOfCopy(ctx, accountId);
  else await refuseProof(ctx, { accountId }, "passkey_verified", reason);
  return { ...refuse("mismatch"), ...(unknownCredential !== undefined && { unknownCredential }) };
}

/**
 * WebAuthn L3 §7.2 step 22: a counter that did not grow may mean that somebody copied the passkey. Its owner is told
 * with the record.
 */
export async function tellOfCopy(ctx: Context, accountId: string | null): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await record(tx, ctx, {
      type: "sign_in.refused",
      accountId,
      factor: "passkey_verified",
      reason: "signature_counter",
    });
    if (accountId !== null) await notifyOwner(tx, ctx, accountId, "passkey_copied");
  });
}
