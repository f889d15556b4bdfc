import { and, eq, gt, isNull, max } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import type { Account } from "#lib/account/find-account.ts";
import type { Question } from "#lib/authenticators/security-questions/choose-questions.ts";
import { questionsOf } from "#lib/authenticators/security-questions/verify-answers.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before, days } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";

/**
 * Why a reset leads no further. Each has a page that says so and what to do. `not_possible`: the account was suspended
 * meanwhile; `no_questions`: it is locked, and has no questions to unlock it by.
 */
export type ResetRefusal = "unknown" | "expired" | "done" | "tries_used" | "not_possible" | "no_questions";

export type Reset = typeof passwordReset.$inferSelect;

/**
 * Wrong tries at the identity number are held against all resets of a day: another letter, or the link opened anew, does
 * not give five more.
 */
const TRIES_COUNT_FOR = days(1);

/** Wrong tries at an account's number since the oldest of its resets of a day. */
export async function triesOfLate(on: Db | Tx, accountId: string, now: Date): Promise<number> {
  const [spent] = await on
    .select({ tries: max(passwordReset.identityTries) })
    .from(passwordReset)
    .where(
      and(
        eq(passwordReset.accountId, accountId),
        isNull(passwordReset.doneAt),
        gt(passwordReset.createdAt, before(now, TRIES_COUNT_FOR)),
      ),
    );
  return spent?.tries ?? 0;
}

/** Whether a reset still lets a password be chosen. */
export async function usableReset(
  on: Db | Tx,
  ctx: Context,
  reset: Reset,
  owner: Account,
): Promise<Result<null, ResetRefusal>> {
  if (owner.status === "closed") return refuse("unknown");
  if (reset.doneAt) return refuse("done");
  if ((await triesOfLate(on, owner.id, ctx.now())) >= limits.identityTriesPerReset) return refuse("tries_used");
  if (reset.expiresAt <= ctx.now()) return refuse("expired");
  return owner.status === "activated" || owner.status === "locked" ? ok(null) : refuse("not_possible");
}

/** The reset of a browser's cookie, for its page: until when, whose it is, and what is asked. */
export type ResetShown = {
  expiresAt: Date;
  fullName: string;
  officialEmail: string;
  identityType: IdentityNumber["type"];
  /** Where the account is locked: two right answers unlock it. Else empty. */
  questions: Question[];
};

/** Changes nothing: scanners of mail open links too. */
export async function viewReset(ctx: Context, token: string): Promise<Result<ResetShown, ResetRefusal>> {
  const [found] = await ctx.db
    .select({ reset: passwordReset, owner: accounts })
    .from(passwordReset)
    .innerJoin(accounts, eq(accounts.id, passwordReset.accountId))
    .where(eq(passwordReset.tokenDigest, digest(token)));
  if (!found) return refuse("unknown");
  const { reset, owner } = found;
  const usable = await usableReset(ctx.db, ctx, reset, owner);
  if (!usable.ok) return usable;
  const locked = owner.status === "locked";
  const questions = locked ? await questionsOf(ctx, owner.id) : [];
  if (locked && questions.length === 0) return refuse("no_questions");
  const { fullName, officialEmail, identityType } = owner;
  return ok({ expiresAt: reset.expiresAt, fullName, officialEmail, identityType, questions });
}
