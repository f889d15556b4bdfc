import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { connect, type Db } from "#db/client.ts";
import { demonstration } from "#db/schema/demonstration.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import type { Keyring } from "#lib/kernel/keyring.ts";
import type { Config } from "../config.ts";
import { wrongKeys } from "./check-keys.ts";
import { StartRefused } from "./start-refused.ts";

const UNKNOWN_TABLE = "42P01";

/** Refuses a database for what lies in it, all of it at once: the people of a demonstration, what other keys have written. */
export async function refuseDatabase(db: Db, mode: Config["mode"], keys: Keyring): Promise<void> {
  const holdsDemoPeople = mode === "production" && (await rowsOf(db, demonstration)).length > 0;
  const told = [
    ...(holdsDemoPeople
      ? ["The database holds demo people, whose passwords were printed. Production needs a database of its own"]
      : []),
    ...wrongKeys((await rowsOf<KeyRow>(db, keyCheck)).map(knownKey), keys),
  ];
  if (told.length > 0) throw new StartRefused(told);
}

/** The same as its owner, before its schema is touched: a database that is refused stays as it was. */
export async function refuseBeforeMigrating(ownerUrl: string, mode: Config["mode"], keys: Keyring): Promise<void> {
  const db = connect(ownerUrl, { max: 1 });
  try {
    await refuseDatabase(db, mode, keys);
  } finally {
    await db.$client.end();
  }
}

/** As the table of a schema that may be behind has it. */
type KeyRow = { purpose: string; key_id: string; digest: string; writes_since?: string | null };

const knownKey = ({ purpose, key_id: keyId, digest, writes_since: since }: KeyRow) => ({
  purpose,
  keyId,
  digest,
  ...(since === undefined ? {} : { writesSince: since === null ? null : new Date(since) }),
});

/** With the columns there are; none where the table is not there yet. */
async function rowsOf<T>(db: Db, table: PgTable): Promise<T[]> {
  try {
    const { rows } = await db.execute<{ row: T }>(sql`select to_jsonb(t) as row from ${table} t`);
    return rows.map(({ row }) => row);
  } catch (fault) {
    if ((fault as { cause?: { code?: string } }).cause?.code === UNKNOWN_TABLE) return [];
    throw fault;
  }
}
