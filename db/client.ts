import type { ExtractTablesWithRelations } from "drizzle-orm";
import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { PgTransaction } from "drizzle-orm/pg-core";
import pg from "pg";
import * as schema from "./schema/index.ts";

export type Db = NodePgDatabase<typeof schema> & { $client: pg.Pool };
/** Open transaction. Not interchangeable with `Db`: what must happen together takes a `Tx` and does not compile otherwise. */
export type Tx = PgTransaction<NodePgQueryResultHKT, typeof schema, ExtractTablesWithRelations<typeof schema>> & {
  readonly rollback: () => never;
};

/** The role the application connects as. */
export const APP_ROLE = "kunci_app";

/** A URL whose connections begin as this role, or fail where they may not: no statement can come before it. */
export function beginningAs(role: string, url: string): string {
  const begins = new URL(url);
  const options = begins.searchParams.get("options");
  begins.searchParams.set("options", `${options ? `${options} ` : ""}-c role=${role}`);
  return begins.href;
}

/**
 * A pool of at most `max` connections. Where the URL is the owner's (no separate application role was configured),
 * each connection begins as `kunci_app`, which can neither change the schema nor touch the audit trail, or not at all.
 */
export function connect(url: string, options: { max?: number; stepDown?: boolean } = {}): Db {
  const pool = new pg.Pool({
    connectionString: options.stepDown ? beginningAs(APP_ROLE, url) : url,
    max: options.max ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: "kunci",
  });
  // A connection that the server ends (a restart, a failover) is replaced at its next use, and a query under way on it
  // rejects; without listeners, Node would end the process instead.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  return drizzle(pool, { schema });
}
