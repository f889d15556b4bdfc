import { move } from "#lib/account/lifecycle.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type IssueRefusal, issueReset } from "#lib/recovery/forgotten-password/issue-reset.ts";
import { disablePassword } from "#lib/recovery/undo/disable-password.ts";
import { clearPauses } from "#lib/sign-in/clear-pauses.ts";
import { callerVerified } from "../caller-check/caller-verified.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { type Acting, actOn, type Wanted } from "./act-on.ts";

/**
 * caller_unverified: an owner's lock is lifted for nobody but the owner, who must just have shown who they are.
 * password_disabled: after a hundred wrong tries only a new password helps (`sendReset`). not_locked: nothing stands in
 * the way. Others: why the reset that goes with it cannot be mailed; nothing has changed then.
 */
export type UnlockRefusal = ReachRefusal | IssueRefusal | "caller_unverified" | "password_disabled" | "not_locked";

/** What was in the way: `lock`, the owner's own; then a letter to a new password is on its way. `pauses`: wrong tries. */
export type Unlocked = { was: "lock" | "pauses" };

/** Lets an owner in again who locked their account, or who must wait after wrong passwords or codes. */
export const unlock = (ctx: Context, wanted: Wanted): Promise<Result<Unlocked, UnlockRefusal>> =>
  actOn(ctx, "unlock", wanted, (acting) => (acting.account.status === "locked" ? liftLock(acting) : endPauses(acting)));

/**
 * Somebody else may know the password: that is why it was locked. So it opens nothing, and the official mailbox gets a
 * link to a new one.
 */
async function liftLock({
  tx,
  ctx,
  account,
  act,
}: Acting): Promise<Result<Unlocked, IssueRefusal | "caller_unverified">> {
  if (!(await callerVerified(tx, ctx, account.id))) return refuse("caller_unverified");
  const issued = await issueReset(tx, ctx, account, null);
  if (!issued.ok) return issued;
  const { actionId } = await act();
  const moved = await move(tx, account, "recover");
  if (!moved.ok) throw new Error(`The held account ${account.id} could not be unlocked: ${moved.error}`);
  await clearPauses(tx, account);
  await disablePassword(tx, ctx, account.id, "officer");
  await record(tx, ctx, { type: "account.unlocked_by_officer", accountId: account.id, actionId });
  await notifyOwner(tx, ctx, account.id, "unlocked_by_officer");
  return ok({ was: "lock" });
}

async function endPauses({
  tx,
  ctx,
  account,
  act,
}: Acting): Promise<Result<Unlocked, "password_disabled" | "not_locked">> {
  const { cleared, disabled } = await clearPauses(tx, account);
  if (!cleared) return refuse(disabled ? "password_disabled" : "not_locked");
  const { actionId } = await act();
  await record(tx, ctx, { type: "throttle.cleared", accountId: account.id, actionId });
  await notifyOwner(tx, ctx, account.id, "unlocked_by_officer");
  return ok({ was: "pauses" });
}
