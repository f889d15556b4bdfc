import { randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import type pg from "pg";
import type { HardwareTokenState } from "#db/schema/hardware-token.ts";
import type { Role } from "#db/schema/roles.ts";
import type { fixturePerson } from "#lib/testing/identities.ts";
import { settleApp, settlePeople } from "./people.ts";
import { openSessionOf } from "./signed-in.ts";

/** Gives somebody hardware tokens in these states, as if they had been issued a year ago. Their ids. */
export async function settleTokens(
  database: pg.Pool,
  holderId: string,
  states: readonly HardwareTokenState[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const state of states) {
    const id = randomUUID();
    await database.query(
      `with token as (
        insert into hardware_token (id, serial, medium, holder_id, issued_on, state, state_since, created_at)
          values ($1, $2, 'usb_token', $3, current_date - 365, $4, now(), now()) returning id, holder_id)
      insert into hardware_token_event (token_id, at, move, state, holder_id)
        select id, now() - interval '1 day', 'issue', 'issued', holder_id from token`,
      [id, `GPKI-${id.slice(0, 8).toUpperCase()}`, holderId, state],
    );
    ids.push(id);
  }
  return ids;
}

/** Somebody new who holds an agency-wide role, signed in with two factors in this browser. */
export async function settleOfficer(
  role: Extract<Role, "administrator" | "auditor">,
  place: { context: BrowserContext; database: pg.Pool; origin: string },
  dataDir: string,
  person: ReturnType<typeof fixturePerson>,
): Promise<void> {
  const [id = ""] = await settlePeople(dataDir, [person], "activated");
  await place.database.query(
    `insert into role_grant (id, account_id, role, office_id, state, from_at, granted_at)
      values ($1, $2, $3, null, 'active', now() - interval '1 minute', now() - interval '1 minute')`,
    [randomUUID(), id, role],
  );
  await settleApp(dataDir, id);
  await openSessionOf(id, ["password", "totp"], place);
}
