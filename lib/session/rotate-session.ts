import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";

/**
 * Gives a session a new secret, for the cookie of the browser at work: whoever knew the old one is out. Throws where
 * the session has ended; the caller has just made sure that it has not.
 */
export async function rotateSession(tx: Tx, ctx: Context, sessionId: string): Promise<{ sessionToken: string }> {
  const sessionToken = ctx.random(32).toString("base64url");
  const rotated = await tx
    .update(session)
    .set({ tokenDigest: digest(sessionToken) })
    .where(and(eq(session.id, sessionId), isNull(session.endedAt)))
    .returning({ id: session.id });
  if (rotated.length !== 1) throw new Error(`The session ${sessionId} has ended and cannot be given a new secret`);
  return { sessionToken };
}
