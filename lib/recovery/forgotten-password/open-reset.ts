import type { Tx } from "#db/client.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import { endResets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { RESET_LIFETIME } from "#lib/mail/letters.ts";

/**
 * Lets this browser choose a new password for an account whose mailbox was just proven by a mailed link; answers the
 * secret for its cookie. Earlier ones that are open end: only the newest lives. The caller holds the account's row.
 */
export async function openReset(tx: Tx, ctx: Context, accountId: string): Promise<{ resetToken: string }> {
  const now = ctx.now();
  await endResets(tx, accountId, now);
  const resetToken = ctx.random(32).toString("base64url");
  await tx.insert(passwordReset).values({
    id: uuidv7(now, ctx.random),
    accountId,
    tokenDigest: digest(resetToken),
    createdAt: now,
    expiresAt: after(now, RESET_LIFETIME),
  });
  return { resetToken };
}
