import { randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type pg from "pg";
import type { Role } from "#db/schema/roles.ts";
import type { Factor } from "#lib/assurance/assurance.ts";
import { isAgencyWide } from "#lib/office/roles/rights.ts";
import { dataDir } from "./fixtures.ts";
import { inProduction } from "./in-production.ts";
import { settleApp } from "./people.ts";
import { openSessionOf } from "./signed-in.ts";

type Place = { context: BrowserContext; database: pg.Pool; origin: string };

/** The offices of the demonstration, by code: "0101" is where settled people work. */
export async function officeOf(database: pg.Pool, code: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>("select id from office where code = $1", [code]);
  if (!rows[0]) throw new Error(`There is no office ${code}`);
  return rows[0].id;
}

/** What consoles demand by default: in production a passkey. */
export const CONSOLE_PROOFS: readonly Factor[] = inProduction ? ["passkey_verified"] : ["password", "totp"];

/**
 * Makes a settled person an officer, with an authenticator app, and signs them in in this browser as its consoles demand. `office`
 * by its code, of a role that is held for one.
 */
export async function enterAs(
  role: Role,
  person: { id: string },
  place: Place,
  { office = "0101" }: { office?: string } = {},
): Promise<{ grantId: string }> {
  const { database } = place;
  const grantId = randomUUID();
  const officeId = isAgencyWide(role) ? null : await officeOf(database, office);
  await database.query(
    `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
      values ($1, $2, $3, $4, 'active', now() - interval '1 minute', now() - interval '1 minute')`,
    [grantId, person.id, role, officeId],
  );
  await database.query("update account set staff_confirmed_at = now() where id = $1", [person.id]);
  await settleApp(dataDir(), person.id);
  await openSessionOf(person.id, CONSOLE_PROOFS, place);
  return { grantId };
}
