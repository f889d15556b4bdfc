import { and, eq, gt, isNull, max } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after, before, days } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";

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
  const identityTries = await triesOfLate(tx, accountId, now);
  await endResets(tx, accountId, now);
  const resetToken = ctx.random(32).toString("base64url");
  await tx.insert(passwordReset).values({
    id: uuidv7(now, ctx.random),
    accountId,
    tokenDigest: digest(resetToken),
    identityTries,
    createdAt: now,
    expiresAt: after(now, RESET_LIFETIME),
  });
  return { resetToken };
}

const open = (accountId: string) => and(eq(passwordReset.accountId, accountId), isNull(passwordReset.doneAt));

/** Wrong tries at the identity number that a new reset of this account begins with. */
export async function triesOfLate(tx: Tx, accountId: string, now: Date): Promise<number> {
  const [spent] = await tx
    .select({ tries: max(passwordReset.identityTries) })
    .from(passwordReset)
    .where(and(open(accountId), gt(passwordReset.createdAt, before(now, TRIES_COUNT_FOR))));
  return spent?.tries ?? 0;
}

/** No reset of the account lets a password be chosen from now on, those whose letter is still owed included. */
export async function endResets(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .update(passwordReset)
    .set({ expiresAt: now })
    .where(and(open(accountId), gt(passwordReset.expiresAt, now)));
}
