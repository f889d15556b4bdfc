import { and, eq, isNotNull, isNull, not, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { device } from "#db/schema/session.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "./end-sessions.ts";

/**
 * The owner forgets a browser: signed out there, unless it is the one at work, and new to the account the next time.
 * Answers what it was called; `not_found` where it is not one of theirs, or was forgotten already.
 */
export async function forgetOwnBrowser(
  ctx: Context,
  browserId: string,
): Promise<Result<{ device: string }, "not_found">> {
  if (ctx.actor.kind !== "account") return refuse("not_found");
  const { accountId, sessionId } = ctx.actor;
  return ctx.db.transaction(async (tx) => {
    const label = await forgetBrowser(tx, ctx, accountId, browserId, { except: sessionId });
    return label === null ? refuse("not_found") : ok({ device: label });
  });
}

/** What the row of a browser that is forgotten has in place of its secret's digest, before its id. */
export const FORGOTTEN = "forgotten:";

/** Whether a browser was ever signed in with, forgotten since or not; `device` is its row in a statement. */
export const everKnown = (device: string): string =>
  `(${device}.signed_in_at is not null or starts_with(${device}.token_digest, '${FORGOTTEN}'))`;

/**
 * Forgets a browser of an account, in the transaction of the reason why. Its sessions end, but for `except`. Null:
 * there is none.
 */
export async function forgetBrowser(
  tx: Tx,
  ctx: Context,
  accountId: string,
  browserId: string,
  { except }: { except?: string } = {},
): Promise<string | null> {
  const its = and(eq(device.id, browserId), eq(device.accountId, accountId), isNotNull(device.signedInAt));
  // Held first: a sign-in from it at this moment waits, and then makes it known anew.
  const [found] = await tx.select({ label: device.label }).from(device).where(its).for("update");
  if (!found) return null;
  await endSessionsOf(tx, ctx, accountId, { browser: browserId, ...(except && { except }) }, "browser_forgotten");
  // The row stays for the sessions that name it; nothing a browser could hold leads to it any more.
  await tx
    .update(device)
    .set({ tokenDigest: FORGOTTEN + browserId, signedInAt: null })
    .where(its);
  await record(tx, ctx, { type: "device.forgotten", accountId, deviceId: browserId });
  return found.label;
}

/**
 * Forgets the browsers that were never signed in with: one that registered the account, perhaps not its owner's. In the
 * transaction of the reason why.
 */
export async function forgetUnproven(tx: Tx, accountId: string): Promise<void> {
  const forgotten = sql`starts_with(${device.tokenDigest}, ${FORGOTTEN})`;
  await tx.delete(device).where(and(eq(device.accountId, accountId), isNull(device.signedInAt), not(forgotten)));
}
