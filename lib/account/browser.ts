import { and, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { device } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

/**
 * Whether the account has been used, or registered, from the browser whose secret has this digest. `signed_in`: only
 * where its owner proved themselves in it.
 */
export async function isKnownBrowser(
  tx: Tx,
  accountId: string,
  browserDigest: string | null,
  how: "registered" | "signed_in" = "registered",
): Promise<boolean> {
  if (browserDigest === null) return false;
  const proven = how === "signed_in" ? isNotNull(device.signedInAt) : undefined;
  const found = await tx
    .select({ id: device.id })
    .from(device)
    .where(and(eq(device.accountId, accountId), eq(device.tokenDigest, browserDigest), proven));
  return found.length > 0;
}

/**
 * Remembers the browser of the request. One that only registered is known to the letters; one whose owner proved themselves
 * in it (`signed_in`) counts its wrong passwords on its own.
 */
export async function rememberBrowser(
  tx: Tx,
  ctx: Context,
  accountId: string,
  how: "registered" | "signed_in",
): Promise<void> {
  const token = ctx.request.deviceToken;
  if (!token) return;
  const now = ctx.now();
  const seen = { lastSeenAt: now, ...(how === "signed_in" && { signedInAt: now }) };
  await tx
    .insert(device)
    .values({
      id: uuidv7(now, ctx.random),
      accountId,
      tokenDigest: digest(token),
      label: ctx.request.device,
      firstSeenAt: now,
      ...seen,
    })
    .onConflictDoUpdate({ target: [device.accountId, device.tokenDigest], set: seen });
}
