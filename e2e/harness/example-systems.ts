import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type pg from "pg";
import { type ExampleSlug, exampleSystems } from "#lib/server/demo/example-systems/systems.ts";

/** What an example system asks for: parameters of OpenID Connect Core §3.1.2.1. */
type Wishes = Record<string, string>;

/**
 * Where an example system sends a browser to sign in, as it would itself; `arrives` waits until the browser is led back to it,
 * with what it is told there.
 */
export async function leaveFrom(
  slug: ExampleSlug,
  { database, wishes = {} }: { database: pg.Pool; wishes?: Wishes },
): Promise<{ path: string; arrives: (page: Page) => Promise<URLSearchParams> }> {
  const { clientId } = exampleSystems[slug];
  const found = await database.query("select redirect_uris from relying_party where client_id = $1", [clientId]);
  const redirectUri = found.rows[0]?.redirect_uris[0] as string;
  const asked = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: "code",
    scope: "openid profile",
    code_challenge: createHash("sha256").update(randomBytes(32)).digest("base64url"),
    code_challenge_method: "S256",
    state: "satu",
    ...wishes,
  });
  return {
    path: `/oidc/auth?${asked}`,
    arrives: async (page) => {
      const request = await page.waitForRequest((each) => each.url().startsWith(`${redirectUri}?`));
      return new URL(request.url()).searchParams;
    },
  };
}

/** Somebody holds a role of an example system. */
export async function giveSystemRole(database: pg.Pool, accountId: string, slug: ExampleSlug, key: string) {
  await database.query(
    `insert into relying_party_role_grant (id, account_id, role_id, from_at, granted_at)
      select gen_random_uuid(), $1, r.id, now(), now() from relying_party_role r
        join relying_party p on p.id = r.relying_party_id where p.client_id = $2 and r.key = $3`,
    [accountId, exampleSystems[slug].clientId, key],
  );
}

/** Their office has confirmed that they are on its staff: before, no system opens. */
export const confirmStaff = (database: pg.Pool, accountId: string) =>
  database.query("update account set staff_confirmed_at = now() where id = $1", [accountId]);
