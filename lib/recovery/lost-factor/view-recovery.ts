import { run } from "#db/named.ts";
import type { Question } from "#lib/authenticators/security-questions/choose-questions.ts";
import { questionsOf } from "#lib/authenticators/security-questions/verify-answers.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { findRecovery, findWait } from "./find-recovery.ts";
import { type Recovery, recoveryState } from "./recovery-state.ts";

/** Why a link leads no further. Each has a page that says so and what to do. */
export type RecoveryRefusal = "unknown" | "superseded" | "expired" | "stopped" | "completed" | "locked";

/** A wait under way: `ready` once the letter with the ticket was or will be sent. `from` names a browser. */
export type Wait = { startedAt: Date; readyAt: Date; from: string; ready: boolean };

/** What the page of a mailed link shows: the questions, or the wait that was begun with it or with an earlier one. */
export type RecoveryShown = { step: "answers"; questions: Question[] } | { step: "wait"; wait: Wait };

const waitOf = ({ startedAt, readyAt, startedFrom }: Recovery, now: Date): Wait | null =>
  startedAt && readyAt ? { startedAt, readyAt, from: startedFrom ?? "", ready: readyAt <= now } : null;

/** Where the recovery of a mailed link stands. Changes nothing: scanners of mail open links too. */
export async function viewRecovery(ctx: Context, token: string): Promise<Result<RecoveryShown, RecoveryRefusal>> {
  const found = await findRecovery(ctx.db, token);
  if (!found || found.owner.status === "closed") return refuse("unknown");
  if (found.owner.status !== "activated") return refuse("locked");
  const now = ctx.now();
  const state = recoveryState(found.recovery, now);
  switch (state) {
    case "superseded":
    case "expired":
    case "stopped":
    case "completed":
      return refuse(state);
    case "waiting":
    case "ready": {
      const wait = waitOf(found.recovery, now);
      return wait ? ok({ step: "wait", wait }) : refuse("unknown");
    }
    case "asked": {
      const other = await findWait(ctx.db, found.owner.id);
      const wait = other && waitOf(other, now);
      if (wait) return ok({ step: "wait", wait });
      return ok({ step: "answers", questions: await questionsOf(ctx, found.owner.id) });
    }
  }
}

const waitStatement = {
  name: "wait_of_account",
  text: `select started_at as "startedAt", ready_at as "readyAt", coalesce(started_from, '') as "from", ready_at <= $2 as ready
    from recovery where account_id = $1 and started_at is not null and cancelled_at is null and completed_at is null`,
};

/** The wait of whoever is signed in, to be shown to them wherever they are. */
export async function ownWait(ctx: Context): Promise<Wait | null> {
  if (ctx.actor.kind !== "account") return null;
  const [found] = await run<Wait>(ctx.db, waitStatement, [ctx.actor.accountId, ctx.now()]);
  return found ? { ...found, startedAt: new Date(found.startedAt), readyAt: new Date(found.readyAt) } : null;
}
