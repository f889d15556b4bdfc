import { run } from "#db/named.ts";
import type { CallerCheckKind } from "#lib/audit/catalogue.ts";
import { questionsOf } from "#lib/authenticators/security-questions/verify-answers.ts";
import { spokenCodeOf } from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, before } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type CallerCheck, CHECK_LIFETIME, type CheckState, checkState, VERIFIED_FOR } from "./check-state.ts";

/** A check that passed: how, and until when the caller counts as the owner. */
export type Verified = { kind: CallerCheckKind; until: Date };

/**
 * The check an officer has in hand. codes: `spoken` is what they read out, `answeredBy` where the caller typed it.
 * question: which one is asked. `triesLeft`: wrong codes that may still be typed.
 */
export type CheckInHand = {
  kind: CallerCheckKind;
  state: Extract<CheckState, "started" | "typed" | "answered" | "failed" | "expired">;
  expiresAt: Date;
  spoken: string | null;
  answeredBy: CallerCheck["answeredBy"];
  triesLeft: number;
  question: { textMs: string; textEn: string } | null;
};

/** What an officer's page shows: whether the caller is verified, the check in hand, and whether questions can be asked. */
export type CallerCheckView = { verified: Verified | null; inHand: CheckInHand | null; hasQuestions: boolean };

const statement = {
  name: "caller_checks_of_officer",
  text: `select id, account_id as "accountId", officer_id as "officerId", kind, spoken_digest as "spokenDigest", counterpart_digest as "counterpartDigest",
      question_id as "questionId", started_at as "startedAt", expires_at as "expiresAt", tries, answered_at as "answeredAt", answered_by as "answeredBy",
      verified_at as "verifiedAt", failed_at as "failedAt"
    from caller_check where account_id = $1 and officer_id = $2 and started_at > $3
    order by started_at desc, failed_at desc nulls first, id desc`,
};

/** The checks of late, the newest first: none that is older can be in hand, or still counts. */
const checksOfLate = (ctx: Context, officerId: string, accountId: string): Promise<CallerCheck[]> =>
  run<CallerCheck>(ctx.db, statement, [accountId, officerId, before(before(ctx.now(), CHECK_LIFETIME), VERIFIED_FOR)]);

function verifiedOf(checks: readonly CallerCheck[], now: Date): Verified | null {
  const passed = checks.filter((one) => checkState(one, now) === "passed");
  const last = passed.toSorted((a, b) => Number(b.verifiedAt) - Number(a.verifiedAt))[0];
  return last?.verifiedAt ? { kind: last.kind, until: after(last.verifiedAt, VERIFIED_FOR) } : null;
}

/** Whether whoever is on the line has been checked by the officer who acts, and until when. One query. */
export async function verifiedNow(ctx: Context, accountId: string): Promise<Verified | null> {
  if (ctx.actor.kind !== "account") return null;
  return verifiedOf(await checksOfLate(ctx, ctx.actor.accountId, accountId), ctx.now());
}

/** For the page of a check; whether its officer may see the account is the page's to ask. Two queries. */
export async function viewCallerCheck(ctx: Context, officerId: string, accountId: string): Promise<CallerCheckView> {
  const now = ctx.now();
  const [checks, questions] = await Promise.all([checksOfLate(ctx, officerId, accountId), questionsOf(ctx, accountId)]);
  const [latest] = checks;
  return {
    verified: verifiedOf(checks, now),
    inHand: latest ? inHand(ctx, latest, questions) : null,
    hasQuestions: questions.length > 0,
  };
}

function inHand(
  ctx: Context,
  check: CallerCheck,
  questions: Awaited<ReturnType<typeof questionsOf>>,
): CheckInHand | null {
  const state = checkState(check, ctx.now());
  if (state === "passed" || state === "lapsed") return null;
  const { kind, expiresAt, answeredBy, tries, questionId } = check;
  const question = questions.find(({ id }) => id === questionId);
  return {
    kind,
    state,
    expiresAt,
    answeredBy,
    spoken: kind === "codes" ? spokenCodeOf(ctx.keys, check) : null,
    triesLeft: limits.counterpartTries - tries,
    question: question ? { textMs: question.textMs, textEn: question.textEn } : null,
  };
}
