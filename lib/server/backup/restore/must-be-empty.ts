import { getTableName, is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import type pg from "pg";
import * as schema from "#db/schema/index.ts";
import { BackupRefused } from "../backup-refused.ts";
import { filledOf, listTables } from "../list-contents.ts";

/** What a migrated database holds before anybody uses it: the banks people choose from. */
const FILLED_BY_MIGRATING = new Set(["security_question", "ict_role"]);

const ours: ReadonlySet<string> = new Set<string>(
  Object.values(schema).flatMap((each) => (is(each, PgTable) ? [getTableName(each)] : [])),
);

/**
 * Refused where anything lies in the database: no row of it is ever written over. One that was only migrated is empty; one that holds
 * tables of somebody else is not the portal's. Answers its tables.
 */
export async function mustBeEmpty(client: pg.Client): Promise<string[]> {
  const names = (await listTables(client)).map(({ name }) => name);
  const foreign = names.filter((name) => !ours.has(name));
  if (foreign.length > 0)
    throw new BackupRefused(
      `The database holds tables that are not this release's (${foreign.join(", ")}): restore into one of its own`,
    );
  const filled = await filledOf(
    client,
    names.filter((each) => !FILLED_BY_MIGRATING.has(each)),
  );
  if (filled.length > 0)
    throw new BackupRefused(
      `The database is not empty (${filled.slice(0, 5).join(", ")}${filled.length > 5 ? ", …" : ""}): a copy is restored into an empty one alone, and nothing is written over`,
    );
  return names;
}
