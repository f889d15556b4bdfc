import { and, eq, gt, isNull, max } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, before, days, minutes } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

/** From the mailed link to the new password, in one browser. */
export const RESET_LIFETIME = minutes(30);
/**
 * Wrong tries at the identity number are held against the resets of a day: opening the link anew does not give five
 * more.
 */
const TRIES_COUNT_FOR = days(1);

/**
 * Lets this browser choose a new password for an account whose mailbox was just proven by a mailed link; answers the
 * secret for its cookie. Earlier ones that are open end: only the newest lives. The caller holds the account's row.
 */
export async function openReset(tx: Tx, ctx: Context, accountId: string): Promise<{ resetToken: string }> {
  const now = ctx.now();
  const open = and(eq(passwordReset.accountId, accountId), isNull(passwordReset.doneAt));
  const [spent] = await tx
    .select({ tries: max(passwordReset.identityTries) })
    .from(passwordReset)
    .where(and(open, gt(passwordReset.createdAt, before(now, TRIES_COUNT_FOR))));
  await tx
    .update(passwordReset)
    .set({ expiresAt: now })
    .where(and(open, gt(passwordReset.expiresAt, now)));
  const resetToken = ctx.random(32).toString("base64url");
  await tx.insert(passwordReset).values({
    id: uuidv7(now, ctx.random),
    accountId,
    tokenDigest: digest(resetToken),
    identityTries: spent?.tries ?? 0,
    createdAt: now,
    expiresAt: after(now, RESET_LIFETIME),
  });
  return { resetToken };
}
