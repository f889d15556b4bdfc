import type { Tx } from "#db/client.ts";
import { holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { endResets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { stopRecoveries } from "../stop-recoveries.ts";

/** `locked`: it is so already. `not_open`: it cannot be signed in to anyway (not activated, suspended, closed). */
export type LockRefusal = "locked" | "not_open";

/**
 * Locks an account, in a transaction of the caller's: nobody signs in until its owner has recovered it. Every session
 * and sign-in under way ends, a new password that is being chosen and a lost factor that is being replaced stop, and
 * every verified address is told. Of any number at once one locks it, the others are refused `locked`. `reference`:
 * of the case that was filed with it, for the letter.
 */
export async function lockAccount(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { how, reference }: AuditEvents["account.locked"] & { reference?: string },
): Promise<Result<null, LockRefusal>> {
  const owner = await holdById(tx, accountId);
  if (owner?.status === "locked") return refuse("locked");
  if (!owner || !(await move(tx, owner, "lock")).ok) return refuse("not_open");
  await record(tx, ctx, { type: "account.locked", accountId, how });
  await stopRecoveries(tx, ctx, accountId, "locked");
  // Somebody else may have opened them: unlocking asks for a letter that was sent after the lock.
  await endResets(tx, accountId, ctx.now());
  await endSessionsOf(tx, ctx, accountId, { all: true }, "locked");
  await notifyOwner(tx, ctx, accountId, "account_locked", reference ? { reference } : {});
  return ok(null);
}

/**
 * The signed-in owner locks their own account, at once: no fresh proof is asked for, since locking opens nothing and
 * must be quick. Refuses `signed_out` without a session, else as `lockAccount`.
 */
export async function lockOwnAccount(ctx: Context): Promise<Result<null, LockRefusal | "signed_out">> {
  const { actor } = ctx;
  if (actor.kind !== "account") return refuse("signed_out");
  return ctx.db.transaction((tx) => lockAccount(tx, ctx, actor.accountId, { how: "settings" }));
}
