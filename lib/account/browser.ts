import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { device } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

/** Whether the account has been used, or registered, from this browser before. */
export async function isKnownBrowser(tx: Tx, ctx: Context, accountId: string): Promise<boolean> {
  const token = ctx.request.deviceToken;
  if (!token) return false;
  const found = await tx
    .select({ id: device.id })
    .from(device)
    .where(and(eq(device.accountId, accountId), eq(device.tokenDigest, digest(token))));
  return found.length > 0;
}

/** The browser a person registers in is remembered, but counts as signed in from only after a sign-in. */
export async function rememberBrowser(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const token = ctx.request.deviceToken;
  if (!token) return;
  const now = ctx.now();
  await tx
    .insert(device)
    .values({
      id: uuidv7(now, ctx.random),
      accountId,
      tokenDigest: digest(token),
      label: ctx.request.device,
      firstSeenAt: now,
      lastSeenAt: now,
    })
    .onConflictDoNothing();
}
