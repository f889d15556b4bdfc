import { run } from "#db/named.ts";
import type { Proof } from "#lib/assurance/assurance.ts";
import { levelToOpen, PORTAL_MINIMUM } from "#lib/assurance/policy.ts";
import type { AuditEvent, Factor, SignInReason } from "#lib/audit/catalogue.ts";
import { tellWritten } from "#lib/audit/hear-events.ts";
import { auditRow, record } from "#lib/audit/record.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Attempt } from "./attempt.ts";
import { advance, type Ceremony } from "./ceremony.ts";
import { countedProofs } from "./counted-proofs.ts";
import { establishSession } from "./establish-session.ts";
import { type CountedTry, giveBackTry } from "./give-back-try.ts";
import { stepUpSession } from "./step-up-session.ts";

/**
 * `mismatch` stands for every reason that concerns the account; `start_again`: no sign-in waits for a proof in this
 * browser. `phrase_first`: of a password alone, in a browser that shows its owner their security phrase before.
 */
export type SignInRefusal = "mismatch" | "start_again" | "busy" | "too_many" | "phrase_first";

/** `language`: of the account, for a browser that has not chosen one. */
export type SignedIn = {
  step: "established";
  sessionToken: string;
  returnTo: string | null;
  language: Language | null;
  /** What the sign-in began with; null where a session was stepped up. */
  first: Factor | null;
};

/** `prove`: right so far, and more is asked for. */
export type SignInAnswer = Result<SignedIn | { step: "prove" }, SignInRefusal> & { retryAfterSeconds?: number };

const keepStatement = {
  name: "sign_in_keep_proof",
  text: `with ceremony as (
      -- Compare and set: of two proofs at once the second is told to start again, instead of losing the first.
      update sign_in_ceremony set proofs = $2::jsonb where id = $1 and step = 'prove' and proofs = $3::jsonb returning account_id
    ), ${giveBackTry("$4", "$5", "$7", "$6")}
    insert into audit_event (at, type, outcome, account_id, actor_kind, actor_id, session_id, request_id, ip, device, data)
    select $6::timestamptz, $8, 'success', account_id, 'nobody', null, null, $9, $10, $11, $12::jsonb from ceremony
    returning at`,
};

/**
 * A factor was verified: opens a session, steps one up, or keeps the proof and asks for more, as the ceremony and the
 * account's own demand have it. Refuses `start_again` where the ceremony was not waiting any more, or what was proven
 * was removed meanwhile.
 */
export async function finishProof(
  ctx: Context,
  attempt: Attempt,
  proof: Proof,
  previousToken: string | null,
  counted: CountedTry | null = null,
): Promise<SignInAnswer> {
  const { accountId, ticketId } = attempt;
  if (accountId === null) return refuse("start_again");
  // A ticket stands in for the factor that is lost, and was mailed: what else the mailbox opens adds nothing to it.
  if (ticketId !== null && proof.factor !== "password") return refuse("start_again");
  const now = ctx.now();
  const at: Ceremony = {
    step: "prove",
    required: ticketId === null ? levelToOpen(attempt.required, attempt.enrolled, ctx.policy) : PORTAL_MINIMUM,
    startedAt: attempt.startedAt,
    accountId,
    proofs: countedProofs(attempt, now),
  };
  const reached = advance(now, at, { type: "proved", proof });
  if (!reached.ok) return refuse("start_again");
  const next = reached.value;
  if (next.step === "prove") return keepProof(ctx, attempt, proof, next.proofs, counted);
  if (next.step !== "established") return refuse("start_again");
  const known = { ...attempt, accountId };
  const sessionToken =
    attempt.sessionId === null
      ? await establishSession(ctx, known, next.proofs, previousToken, counted)
      : await stepUpSession(ctx, { ...known, sessionId: attempt.sessionId }, next.proofs, previousToken, counted);
  return sessionToken
    ? ok({
        step: "established",
        sessionToken,
        returnTo: attempt.returnTo,
        language: attempt.language,
        first: attempt.sessionId === null ? (next.proofs[0]?.factor ?? null) : null,
      })
    : refuse("start_again");
}

async function keepProof(
  ctx: Context,
  attempt: Attempt,
  proof: Proof,
  proofs: readonly Proof[],
  counted: CountedTry | null,
): Promise<SignInAnswer> {
  const event: AuditEvent = { type: "sign_in.proved", accountId: attempt.accountId, factor: proof.factor };
  const row = auditRow(ctx, event);
  const kept = await run(ctx.db, keepStatement, [
    attempt.ceremonyId,
    JSON.stringify(proofs),
    JSON.stringify(attempt.proofs),
    counted?.addressKey ?? null,
    counted?.browser ?? null,
    ctx.now(),
    attempt.identityIndex,
    row.type,
    row.requestId,
    row.ip,
    row.device,
    JSON.stringify(row.data),
  ]);
  if (kept.length !== 1) return refuse("start_again");
  tellWritten([event]);
  return ok({ step: "prove" });
}

/** The trail tells what it was; the person is told only that it failed. */
export async function refuseProof(
  ctx: Context,
  attempt: Pick<Attempt, "accountId">,
  factor: Factor,
  reason: SignInReason,
): Promise<SignInAnswer> {
  await ctx.db.transaction((tx) =>
    record(tx, ctx, { type: "sign_in.refused", accountId: attempt.accountId, factor, reason }),
  );
  return refuse("mismatch");
}

/** Why an account that was proven may not be opened; nothing where it may. */
export function refusedStatus({ accountId, status }: Pick<Attempt, "accountId" | "status">): SignInReason | null {
  if (accountId === null) return "no_account";
  if (status === "activated") return null;
  return status === "suspended" || status === "locked" ? status : "not_activated";
}
