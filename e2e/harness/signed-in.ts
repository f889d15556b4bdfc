import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type pg from "pg";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { digest } from "#lib/kernel/digest.ts";
import { cookieNameOn } from "#lib/server/request/cookie-names.ts";

/** The cookie of a portal that is reached over http. */
export const SESSION_COOKIE = cookieNameOn("http:", "session");

/** A session of this account, as if it had just proven these. `token` is what its cookie holds. */
export async function addSession(
  database: pg.Pool,
  accountId: string,
  factors: readonly Factor[],
): Promise<{ sessionId: string; token: string }> {
  const token = randomBytes(32).toString("base64url");
  const sessionId = randomUUID();
  const now = new Date();
  const proofs = factors.map((factor): Proof => ({ factor, at: now.toISOString() }));
  await database.query(
    `insert into session (id, account_id, token_digest, proofs, device, ip, created_at, last_seen_at, expires_at)
      values ($1, $2, $3, $4, 'Chrome pada Windows', '192.0.2.1', $5, $5, $5::timestamptz + interval '12 hours')`,
    [sessionId, accountId, digest(token), JSON.stringify(proofs), now],
  );
  return { sessionId, token };
}

/**
 * Opens a session of this account in the browser as if it had just proven these: for journeys that begin after sign-in.
 */
export async function openSessionOf(
  accountId: string,
  factors: readonly Factor[],
  { context, database, origin }: { context: BrowserContext; database: pg.Pool; origin: string },
): Promise<{ sessionId: string }> {
  const { sessionId, token } = await addSession(database, accountId, factors);
  await context.addCookies([
    { name: cookieNameOn(origin, "session"), value: token, url: origin, httpOnly: true, sameSite: "Lax" },
  ]);
  return { sessionId };
}
