import type { Tx } from "#db/client.ts";
import { undoLink } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { after } from "#lib/kernel/time.ts";
import { undoToken } from "#lib/kernel/undo-token.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { NOT_ME_LIFETIME, NOTICE_LIFETIME } from "#lib/mail/letters.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";

/**
 * Owes the owner the letter on a sign-in from a browser the account did not know, in the transaction of that sign-in,
 * with a link by which it can be disowned. Within the ceiling of notices.
 */
export async function tellOfNewBrowser(
  tx: Tx,
  ctx: Context,
  { accountId, to, sessionId }: { accountId: string; to: string; sessionId: string },
): Promise<void> {
  if (!(await mayNotify(tx, ctx, accountId, "new_device"))) return;
  const now = ctx.now();
  const undoId = uuidv7(now, ctx.random);
  await tx.insert(undoLink).values({
    id: undoId,
    accountId,
    purpose: "not_me",
    sessionId,
    tokenDigest: digest(undoToken(ctx.keys, undoId)),
    createdAt: now,
    // Ten days from when the letter leaves, which is known only then; until it does, as long as it may take.
    expiresAt: after(after(now, NOTICE_LIFETIME), NOT_ME_LIFETIME),
  });
  await enqueue(tx, ctx, { kind: "new_device", accountId, to, about: { sessionId, undoId } });
}
