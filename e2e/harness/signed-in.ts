import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type pg from "pg";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { digest } from "#lib/kernel/digest.ts";

/**
 * Opens a session of this account in the browser as if it had just proven these: for journeys that begin after sign-in.
 */
export async function openSessionOf(
  accountId: string,
  factors: readonly Factor[],
  { context, database, origin }: { context: BrowserContext; database: pg.Pool; origin: string },
): Promise<{ sessionId: string }> {
  const token = randomBytes(32).toString("base64url");
  const sessionId = randomUUID();
  const now = new Date();
  const proofs = factors.map((factor): Proof => ({ factor, at: now.toISOString() }));
  await database.query(
    `insert into session (id, account_id, token_digest, proofs, device, ip, created_at, last_seen_at, expires_at)
      values ($1, $2, $3, $4, 'Chrome pada Windows', '192.0.2.1', $5, $5, $5::timestamptz + interval '12 hours')`,
    [sessionId, accountId, digest(token), JSON.stringify(proofs), now],
  );
  await context.addCookies([{ name: "kunci-session", value: token, url: origin, httpOnly: true, sameSite: "Lax" }]);
  return { sessionId };
}
