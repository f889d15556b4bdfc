import type { Tx } from "#db/client.ts";
import { undoLink } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { after, days } from "#lib/kernel/time.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import type { Letters } from "#lib/mail/letters.ts";

import { oweToAll } from "#lib/throttle/owe-notice.ts";

/** Past the request and its ticket, so that a letter that was read late still says what became of it. */
const STOP_LINK_LIFETIME = days(14);

/**
 * The owner is told, at every address and with a link that stops it, that two officers are about to let their second
 * factor be replaced, and again when they have agreed. Never held back: of a kind one request waits at a time.
 */
export async function tellOfReset(
  tx: Tx,
  ctx: Context,
  accountId: string,
  requestId: string,
  step: Letters["factor_reset"]["step"],
): Promise<void> {
  const now = ctx.now();
  const undoId = uuidv7(now, ctx.random);
  await tx.insert(undoLink).values({
    id: undoId,
    accountId,
    purpose: "officers",
    requestId,
    tokenDigest: digest(mailedToken(ctx.keys, "undo", undoId)),
    createdAt: now,
    expiresAt: after(now, STOP_LINK_LIFETIME),
  });
  await oweToAll(tx, ctx, accountId, "factor_reset", { requestId, undoId, step });
}
