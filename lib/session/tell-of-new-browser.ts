import type { Tx } from "#db/client.ts";
import { undoLink } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { after } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { NOT_ME_LIFETIME, NOTICE_LIFETIME } from "#lib/mail/letters.ts";
import { oweNotice } from "#lib/throttle/owe-notice.ts";

/**
 * Owes the owner the letter on a sign-in from a browser the account did not know, in the transaction of that sign-in,
 * with a link by which it can be disowned. Within the ceiling of notices.
 */
export async function tellOfNewBrowser(
  tx: Tx,
  ctx: Context,
  { accountId, sessionId }: { accountId: string; sessionId: string },
): Promise<void> {
  const now = ctx.now();
  const undoId = uuidv7(now, ctx.random);
  if (!(await oweNotice(tx, ctx, accountId, "new_device", { sessionId, undoId }))) return;
  await tx.insert(undoLink).values({
    id: undoId,
    accountId,
    purpose: "not_me",
    sessionId,
    tokenDigest: digest(mailedToken(ctx.keys, "undo", undoId)),
    createdAt: now,
    // Ten days from when the letter leaves, which is known only then; until it does, as long as it may take.
    expiresAt: after(after(now, NOTICE_LIFETIME), NOT_ME_LIFETIME),
  });
}
