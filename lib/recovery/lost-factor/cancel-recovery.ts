import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recovery, undoLink } from "#db/schema/recovery.ts";
import { holdById } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type HowStopped, stopRecoveries } from "../stop-recoveries.ts";
import { findRecovery, findWait } from "./find-recovery.ts";
import { recoveryState } from "./recovery-state.ts";

/** Why a link that stops a wait leads no further. `stopped`: it does not run any more; `completed`: it came too late. */
export type CancelRefusal = "unknown" | "stopped" | "completed";

/** The wait that a link of its letter stops. */
export type WaitToStop = { startedAt: Date; readyAt: Date; from: string };

const find = async (on: Tx | Context["db"], token: string) => {
  const [found] = await on
    .select({ recovery })
    .from(undoLink)
    .innerJoin(recovery, eq(recovery.id, undoLink.recoveryId))
    .where(and(eq(undoLink.tokenDigest, digest(token)), eq(undoLink.purpose, "recovery")));
  return found?.recovery;
};

/** What the link of a letter would stop. Changes nothing. */
export async function viewWaitToStop(ctx: Context, undoToken: string): Promise<Result<WaitToStop, CancelRefusal>> {
  const found = await find(ctx.db, undoToken);
  if (!found?.startedAt || !found.readyAt) return refuse("unknown");
  const state = recoveryState(found, ctx.now());
  if (state === "stopped" || state === "completed") return refuse(state);
  return ok({ startedAt: found.startedAt, readyAt: found.readyAt, from: found.startedFrom ?? "" });
}

/** Stops what a link of its letter speaks of, from whichever address; nothing of the account opens or closes by it. */
export async function cancelByLetter(ctx: Context, undoToken: string): Promise<Result<null, CancelRefusal>> {
  const may = await viewWaitToStop(ctx, undoToken);
  if (!may.ok) return may;
  const found = await find(ctx.db, undoToken);
  return found ? stop(ctx, found.accountId, "letter") : refuse("unknown");
}

/** Stops the wait that was begun with this mailed link, or runs while it is open, where its progress is shown. */
export async function cancelByLink(ctx: Context, token: string): Promise<Result<null, CancelRefusal>> {
  const found = await findRecovery(ctx.db, token);
  if (!found) return refuse("unknown");
  const state = recoveryState(found.recovery, ctx.now());
  if (state === "stopped" || state === "completed") return refuse(state);
  return state === "superseded" || state === "expired" ? refuse("unknown") : stop(ctx, found.owner.id, "letter");
}

/** Stops the wait of whoever is signed in. */
export async function cancelOwnRecovery(ctx: Context): Promise<Result<null, CancelRefusal>> {
  return ctx.actor.kind === "account" ? stop(ctx, ctx.actor.accountId, "settings") : refuse("unknown");
}

function stop(ctx: Context, accountId: string, how: HowStopped): Promise<Result<null, CancelRefusal>> {
  return ctx.db.transaction(async (tx) => {
    await holdById(tx, accountId);
    if (!(await findWait(tx, accountId))) return refuse("stopped");
    await stopRecoveries(tx, ctx, accountId, how);
    return ok(null);
  });
}
