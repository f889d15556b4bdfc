import { availableParallelism } from "node:os";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { burnOne, verifySecret } from "#lib/authenticators/hashing.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { evenly } from "#lib/kernel/even-time.ts";
import { refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { type Turnstile, turnstile } from "#lib/kernel/turnstile.ts";
import { failedTriesKey, secondsUntil } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { finishProof, refusedStatus, refuseProof, type SignInAnswer } from "./finish-proof.ts";
import { type PasswordTry, tryPassword } from "./try-password.ts";

/**
 * Each try is counted as failed until it turns out right, so those under way weigh on the limits as long as they last.
 * Hashing takes one core each; more than this under way would only wait there, and an office signing in at eight would
 * refuse itself.
 */
const AT_ONCE = 2 * availableParallelism();
const WAITING = 500;
/** Whoever has looked at a page that does not answer for longer has gone, or pressed again (see `admit-requests.ts`). */
const PATIENCE = seconds(10);
const shared = globalThis as typeof globalThis & { kunciProofs?: Turnstile };
shared.kunciProofs ??= turnstile({ atOnce: AT_ONCE, waiting: WAITING, patience: PATIENCE });
const inTurn = shared.kunciProofs;

/** A refusal comes at a multiple of this, whatever the reason. Success does not wait. */
const REFUSAL_STEP = seconds(0.1);

/**
 * The password step. Two round trips to the database: what is needed and the count of the try; then session, ceremony
 * and trail. `phrase_first`, nothing looked at, where this browser shows the owner their security phrase and they have
 * not ticked it yet. A number nobody has, a paused, suspended or locked account costs a real hash and answers as a
 * wrong password does.
 */
export async function provePassword(
  ctx: Context,
  ceremonyToken: string,
  password: string,
  previousToken: string | null,
): Promise<SignInAnswer> {
  const settle = evenly(REFUSAL_STEP);
  const proved = await inTurn(() => prove(ctx, ceremonyToken, password, previousToken));
  const answer = proved.ok ? proved.value : proved;
  if (!answer.ok) await settle();
  return answer;
}

async function prove(
  ctx: Context,
  ceremonyToken: string,
  password: string,
  previousToken: string | null,
): Promise<SignInAnswer> {
  const at = ctx.now().toISOString();
  const tried = await tryPassword(ctx, ceremonyToken);
  if (!tried) return refuse("start_again");
  if (tried.phraseFirst) return refuse("phrase_first");
  if (tried.addressSpent)
    return { ...refuse("too_many"), retryAfterSeconds: secondsUntil(ctx, Number(tried.addressFreeAt)) };

  const matches = tried.allowed && tried.hash ? await verifySecret(tried.hash, password) : await burnOne(password);
  if (!matches.ok) return matches;
  const { attempt, credential, browser } = tried;
  const why = refusalOf(tried, matches.value);
  if (why === "wrong_password" && tried.failures === limits.password.disabledAfter)
    return refuseForGood(ctx, attempt.accountId);
  if (why || credential === null) return refuseProof(ctx, attempt, "password", why ?? "not_activated");
  return finishProof(ctx, attempt, { factor: "password", at, credential }, previousToken, {
    browser,
    addressKey: failedTriesKey(ctx),
  });
}

/**
 * The last wrong password that was looked at from there: of any number at once one is. Its owner is told, and the trail says what
 * the helpdesk finds: the password was not disowned, it was guessed at.
 */
async function refuseForGood(ctx: Context, accountId: string | null): Promise<SignInAnswer> {
  await ctx.db.transaction(async (tx) => {
    await record(tx, ctx, { type: "sign_in.refused", accountId, factor: "password", reason: "wrong_password" });
    if (accountId === null) return;
    await record(tx, ctx, { type: "password.disabled", accountId, why: "too_many_tries" });
    await notifyOwner(tx, ctx, accountId, "password_disabled");
  });
  return refuse("mismatch");
}

function refusalOf({ attempt, allowed, failures, hash }: PasswordTry, matches: boolean): SignInReason | null {
  if (attempt.accountId === null) return "no_account";
  if (!allowed) return failures >= limits.password.disabledAfter ? "disabled" : "paused";
  if (hash === null) return attempt.status === "activated" ? "disabled" : "not_activated";
  return matches ? refusedStatus(attempt) : "wrong_password";
}
