import { availableParallelism } from "node:os";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { burnOne, verifySecret } from "#lib/authenticators/hashing.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { evenly } from "#lib/kernel/even-time.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { type Turnstile, turnstile } from "#lib/kernel/turnstile.ts";
import { secondsUntil } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { advance, type Ceremony } from "./ceremony.ts";
import { establishSession } from "./establish-session.ts";
import { type PasswordTry, tryPassword } from "./try-password.ts";

/** `mismatch` stands for every reason that concerns the account; `start_again`: no sign-in waits for a proof in this browser. */
export type SignInRefusal = "mismatch" | "start_again" | "busy" | "too_many";
/** `language`: of the account, for a browser that has not chosen one. */
export type SignedIn = { sessionToken: string; returnTo: string | null; language: Language | null };
export type SignInAnswer = Result<SignedIn, SignInRefusal> & { retryAfterSeconds?: number };

/**
 * Each try is counted as failed until it turns out right, so those under way weigh on the limits as long as they last. Hashing
 * takes one core each; more than this under way would only wait there, and an office signing in at eight would refuse itself.
 */
const AT_ONCE = 2 * availableParallelism();
const WAITING = 500;
const shared = globalThis as typeof globalThis & { kunciProofs?: Turnstile };
shared.kunciProofs ??= turnstile({ atOnce: AT_ONCE, waiting: WAITING });
const inTurn = shared.kunciProofs;

/** A refusal comes at a multiple of this, whatever the reason. Success does not wait. */
const REFUSAL_STEP = seconds(0.1);

/**
 * The password step. Two round trips to the database: what is needed and the count of the try; then session, ceremony and
 * trail. A number nobody has, a paused, suspended or locked account costs a real hash and answers as a wrong password does.
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
  const now = ctx.now();
  const tried = await tryPassword(ctx, ceremonyToken);
  if (!tried) return refuse("start_again");
  if (tried.addressSpent)
    return { ...refuse("too_many"), retryAfterSeconds: secondsUntil(ctx, Number(tried.addressFreeAt)) };

  const matches = tried.allowed && tried.hash ? await verifySecret(tried.hash, password) : await burnOne(password);
  if (!matches.ok) return matches;
  const why = refusalOf(tried, matches.value);
  if (why || tried.accountId === null) return failed(ctx, tried, why ?? "no_account");

  const at: Ceremony = {
    step: "prove",
    required: tried.required,
    startedAt: tried.startedAt,
    accountId: tried.accountId,
    proofs: tried.proofs,
  };
  const reached = advance(now, at, { type: "proved", proof: { factor: "password", at: now.toISOString() } });
  if (!reached.ok || reached.value.step !== "established") return refuse("start_again");
  const sessionToken = await establishSession(
    ctx,
    { ...tried, accountId: tried.accountId },
    reached.value.proofs,
    previousToken,
  );
  return sessionToken
    ? ok({ sessionToken, returnTo: tried.returnTo, language: tried.language })
    : refuse("start_again");
}

type Reason = AuditEvents["sign_in.refused"]["reason"];

function refusalOf(tried: PasswordTry, matches: boolean): Reason | null {
  if (tried.accountId === null) return "no_account";
  if (!tried.allowed) return tried.failures >= limits.password.disabledAfter ? "disabled" : "paused";
  if (tried.hash === null) return "not_activated";
  if (!matches) return "wrong_password";
  if (tried.status === "activated") return null;
  return tried.status === "suspended" || tried.status === "locked" ? tried.status : "not_activated";
}

/** The trail tells what it was; the person is told only that it failed. */
async function failed(ctx: Context, tried: PasswordTry, reason: Reason): Promise<SignInAnswer> {
  await ctx.db.transaction((tx) =>
    record(tx, ctx, { type: "sign_in.refused", accountId: tried.accountId, factor: "password", reason }),
  );
  return refuse("mismatch");
}
