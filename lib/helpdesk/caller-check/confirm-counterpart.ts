import { eq } from "drizzle-orm";
import { callerCheck } from "#db/schema/helpdesk.ts";
import { record } from "#lib/audit/record.ts";
import { isCounterpart } from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import { checkState } from "./check-state.ts";
import { findLatest } from "./find-latest.ts";

/** `not_started`: there is no check under way. `not_answered`: the caller has not been given the counterpart yet, so no code can be right. */
export type CounterpartRefusal = ReachRefusal | "not_started" | "not_answered" | "code_mismatch" | "tries_used";

/**
 * The officer types what the caller reads back. Only what the portal gave to whoever is signed in as the owner, or sent to
 * the official mailbox, is right; five wrong ones end the check. From then on the caller counts as the owner for 15
 * minutes.
 */
export function confirmCounterpart(
  ctx: Context,
  accountId: string,
  code: string,
): Promise<Result<null, CounterpartRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const reached = await reachAccount(tx, ctx, "caller.check", accountId);
    if (!reached.ok) return reached;
    const { officer, account } = reached.value;
    const check = await findLatest(tx, officer.accountId, account.id);
    if (check?.kind !== "codes") return refuse("not_started");
    const state = checkState(check, ctx.now());
    const checkId = check.id;
    const refused = async (reason: "code_mismatch" | "tries_used" | "expired") =>
      record(tx, ctx, { type: "caller_check.refused", accountId: account.id, checkId, reason });
    if (state === "expired") await refused("expired");
    if (state === "failed" && check.tries >= limits.counterpartTries) return refuse("tries_used");
    if (state === "started" || state === "typed") return refuse("not_answered");
    if (state !== "answered") return refuse("not_started");
    if (isCounterpart(ctx.keys, check, code)) {
      await tx.update(callerCheck).set({ verifiedAt: ctx.now() }).where(eq(callerCheck.id, checkId));
      await record(tx, ctx, { type: "caller_check.passed", accountId: account.id, checkId, kind: "codes" });
      return ok(null);
    }
    const tries = check.tries + 1;
    const over = tries >= limits.counterpartTries;
    await tx
      .update(callerCheck)
      .set({ tries, ...(over && { failedAt: ctx.now() }) })
      .where(eq(callerCheck.id, checkId));
    await refused(over ? "tries_used" : "code_mismatch");
    return refuse(over ? "tries_used" : "code_mismatch");
  });
}
