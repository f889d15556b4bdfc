import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { personOf } from "#lib/account/person-of.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { acceptPassword, type NewPasswordRefusal, setPassword } from "#lib/authenticators/password/set-password.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { matchesLastFour } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";

/** Why a reset leads no further. Each has a page that says so and what to do. */
export type ResetRefusal = "unknown" | "expired" | "done" | "tries_used";

type Reset = typeof passwordReset.$inferSelect;

/** Whether a reset still lets a password be chosen. */
function usableReset(ctx: Context, reset: Reset, owner: Account): Result<null, ResetRefusal> {
  if (reset.doneAt) return refuse("done");
  if (reset.identityTries >= limits.identityTriesPerReset) return refuse("tries_used");
  if (reset.expiresAt <= ctx.now()) return refuse("expired");
  return owner.status === "closed" ? refuse("unknown") : ok(null);
}

/** The reset of a browser's cookie, for its page: until when, and what the checklist looks out for. */
export type ResetShown = { expiresAt: Date; fullName: string; officialEmail: string };

export async function viewReset(ctx: Context, token: string): Promise<Result<ResetShown, ResetRefusal>> {
  const [found] = await ctx.db
    .select({ reset: passwordReset, owner: accounts })
    .from(passwordReset)
    .innerJoin(accounts, eq(accounts.id, passwordReset.accountId))
    .where(eq(passwordReset.tokenDigest, digest(token)));
  if (!found) return refuse("unknown");
  const usable = usableReset(ctx, found.reset, found.owner);
  if (!usable.ok) return usable;
  const { fullName, officialEmail } = found.owner;
  return ok({ expiresAt: found.reset.expiresAt, fullName, officialEmail });
}

export type ResetAnswer = Result<null, ResetRefusal | NewPasswordRefusal | "identity_mismatch" | "too_many"> & {
  retryAfterSeconds?: number;
};

/**
 * Sets the password that was chosen in place of one that is forgotten, or that somebody else knows. The last four
 * characters of the identity say that its owner opened the link: five wrong ones end the reset. Every session ends,
 * none is opened; second factors stay, and are asked for at the sign-in that follows. Of many at once one succeeds, the
 * others are told `done`.
 */
export async function resetPassword(
  ctx: Context,
  token: string,
  lastFour: string,
  plain: string,
): Promise<ResetAnswer> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const proven = await ctx.db.transaction((tx) => proveIdentity(tx, ctx, token, lastFour));
  if (!proven.ok) return proven;
  await refundTry(ctx);
  const { owner, former } = proven.value;
  const accepted = await acceptPassword(ctx.policy.passwordPolicy, plain, personOf(ctx, owner), former);
  if (!accepted.ok) return accepted;
  return ctx.db.transaction((tx) => finish(tx, ctx, token, accepted.value));
}

/** The account before its reset, as everybody who holds both does. */
async function hold(tx: Tx, token: string): Promise<{ reset: Reset; owner: Account } | null> {
  const its = eq(passwordReset.tokenDigest, digest(token));
  const [named] = await tx.select({ accountId: passwordReset.accountId }).from(passwordReset).where(its);
  const owner = named && (await holdById(tx, named.accountId));
  const [reset] = await tx.select().from(passwordReset).where(its).for("update");
  return owner && reset ? { reset, owner } : null;
}

async function proveIdentity(
  tx: Tx,
  ctx: Context,
  token: string,
  lastFour: string,
): Promise<Result<{ owner: Account; former: string | null }, ResetRefusal | "identity_mismatch">> {
  const held = await hold(tx, token);
  if (!held) return refuse("unknown");
  const { reset, owner } = held;
  const usable = usableReset(ctx, reset, owner);
  if (!usable.ok) return usable;
  if (matchesLastFour(unsealIdentity(ctx, owner), lastFour)) {
    const [credential] = await tx
      .select({ hash: passwordCredential.hash })
      .from(passwordCredential)
      .where(eq(passwordCredential.accountId, owner.id));
    return ok({ owner, former: credential?.hash ?? null });
  }
  await tx
    .update(passwordReset)
    .set({ identityTries: sql`${passwordReset.identityTries} + 1` })
    .where(eq(passwordReset.id, reset.id));
  const reason = reset.identityTries + 1 < limits.identityTriesPerReset ? "identity_mismatch" : "tries_used";
  await record(tx, ctx, { type: "password_reset.refused", accountId: owner.id, reason });
  return refuse(reason);
}

async function finish(tx: Tx, ctx: Context, token: string, hash: string): Promise<Result<null, ResetRefusal>> {
  const held = await hold(tx, token);
  if (!held) return refuse("unknown");
  const { reset, owner } = held;
  const usable = usableReset(ctx, reset, owner);
  if (!usable.ok) return usable;
  await tx
    .update(passwordReset)
    .set({ doneAt: ctx.now() })
    .where(and(eq(passwordReset.accountId, owner.id), isNull(passwordReset.doneAt)));
  await setPassword(tx, ctx, owner, hash);
  await endSessionsOf(tx, ctx, owner.id, { all: true }, "password_reset");
  await record(tx, ctx, { type: "password.reset", accountId: owner.id });
  await notifyOwner(tx, ctx, owner.id, "password_reset");
  return ok(null);
}
