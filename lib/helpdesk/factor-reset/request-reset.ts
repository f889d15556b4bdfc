import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { enrolledOf, hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { callerVerified } from "../caller-check/caller-verified.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { holdBoth } from "../two-officers/hold-both.ts";
import { openRequest } from "../two-officers/open-request.ts";
import { tellOfReset } from "./tell-of-reset.ts";

/** `caller_unverified`: who calls has not shown, in the last 15 minutes, that they are its owner. */
export type ResetRefusal =
  | ReachRefusal
  | ChangeRefusal
  | "not_activated"
  | "no_second_factor"
  | "caller_unverified"
  | "already_open";

/**
 * Asks a second officer to agree that somebody's second factor is lost. Needs a fresh proof, and a caller who has just
 * been checked. The owner is told at once, at every address, with a link that stops it.
 */
export function requestReset(
  ctx: Context,
  accountId: string,
  reason: Reason,
): Promise<Result<{ requestId: string }, ResetRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => ask(tx, ctx, accountId, reason)));
}

async function ask(
  tx: Tx,
  ctx: Context,
  accountId: string,
  reason: Reason,
): Promise<Result<{ requestId: string }, ResetRefusal>> {
  await holdBoth(tx, ctx, accountId);
  const reached = await reachAccount(tx, ctx, "reset.request", accountId);
  if (!reached.ok) return reached;
  const { account } = reached.value;
  if (account.status !== "activated") return refuse("not_activated");
  if (!hasSecondFactor(await enrolledOf(tx, account.id))) return refuse("no_second_factor");
  const may = await mayChange(tx, ctx, "reset.request");
  if (!may.ok) return may;
  if (!(await callerVerified(tx, ctx, account.id))) return refuse("caller_unverified");
  const filed = await openRequest(tx, ctx, reached.value, { kind: "factor_reset", reason });
  if (!filed.ok) return filed;
  const { requestId } = filed.value;
  await recordAction(tx, ctx, { accountId: account.id, action: "request_reset", reason });
  await tellOfReset(tx, ctx, account.id, requestId, "requested");
  return ok({ requestId });
}
