import { DrizzleQueryError, type ExtractTablesWithRelations } from "drizzle-orm";
import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import { drizzle, type NodePgDatabase, NodePgSession } from "drizzle-orm/node-postgres";
import type { PgTransaction } from "drizzle-orm/pg-core";
import pg from "pg";
import { Pooled, routeOf, withoutNames } from "./pooler.ts";
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
 * `refused` hears the SQLSTATE of whatever PostgreSQL refuses, on any of them, and 08006 where it is not
 * reached or no longer, or all connections have been in use for too long.
 */
export function connect(
  url: string,
  options: { max?: number; stepDown?: boolean; refused?: (sqlstate: string) => void } = {},
): Db {
  const pool = new pg.Pool({
    connectionString: options.stepDown ? beginningAs(APP_ROLE, url) : url,
    max: options.max ?? 10,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    application_name: "kunci",
    // Before anybody has it, for each: a pooler may come and go in front of the database.
    onConnect: (client) => settleIn(client, options.stepDown ?? false),
  });
  // A connection that the server ends (a restart, a failover) is replaced at its next use, and a query under way on it
  // rejects; without listeners, Node would end the process instead.
  pool.on("error", () => undefined);
  const { refused } = options;
  pool.on("connect", (client) => {
    client.on("error", (fault) => refused?.(codeOf(fault)));
    if (refused) wireOf(client).on("errorMessage", ({ code }) => refused(code ?? ""));
  });
  if (refused) hearOfNone(pool, refused);
  const db: Db = drizzle(pool, { schema });
  keepTransactionsWhole(db);
  return db;
}

/**
 * Takes the connection as it is: without named statements where a pooler would lose them. Rejects where it should have
 * stepped down through one: a pooler may be told to overlook what a connection begins with.
 */
async function settleIn(client: pg.ClientBase, stepDown: boolean): Promise<void> {
  const { pooled, prepares } = await routeOf(client);
  if (pooled && stepDown) throw new Pooled(`through a pooler only ${APP_ROLE} itself may connect`);
  if (!prepares) withoutNames(client);
}

/** As PostgreSQL says itself why it ends a connection, or connection_failure. */
const codeOf = ({ code }: Error & { code?: unknown }): string => (isSqlstate(code) ? code : "08006");

/** Tells where no connection comes about, whoever wanted it: the pool itself for a statement, or a transaction. */
function hearOfNone(pool: pg.Pool, refused: (sqlstate: string) => void): void {
  type Fault = Error & { code?: unknown };
  type Given = (fault: Fault | undefined, ...rest: unknown[]) => void;
  const take = pool.connect.bind(pool) as { (given: Given): void; (): Promise<pg.PoolClient> };
  const hear = (fault: Fault): void => {
    // A mistake in the configuration, and no absence.
    if (!(fault instanceof Pooled)) refused(codeOf(fault));
  };
  pool.connect = ((given?: Given) =>
    given
      ? take((fault, ...rest) => {
          if (fault) hear(fault);
          given(fault, ...rest);
        })
      : take().catch((fault: Fault) => {
          hear(fault);
          throw fault;
        })) as typeof pool.connect;
}

/** What a client hears on its wire, of which pg's types do not tell. */
const wireOf = (client: pg.PoolClient) =>
  (
    client as unknown as {
      connection: { on: (what: "errorMessage", heard: (told: { code?: string }) => void) => void };
    }
  ).connection;

/** How often a transaction looks for a connection that is alive before any of its work is done. */
const BEGINNINGS = 3;

/**
 * Drizzle's own loses a connection for good where `begin` does not arrive: after as many as the pool holds nobody gets in until
 * the process is started anew. Here each goes back whatever happens, a broken one to be replaced; and one that proves dead at
 * `begin`, when nothing was done yet, is left for another.
 */
function keepTransactionsWhole(db: Db): void {
  const session = db._.session;
  const transaction: typeof session.transaction = async (work, config) => {
    for (let round = 1; ; round++) {
      const client = await db.$client.connect();
      const onIt = Object.create(session, { client: { value: client } }) as typeof session;
      let begun = false;
      let broken = false;
      const whole: typeof work = (tx) => {
        begun = true;
        return work(tx);
      };
      try {
        return (await NodePgSession.prototype.transaction.call(onIt, whole as never, config)) as never;
      } catch (fault) {
        broken = isOfConnection(fault);
        if (begun || !broken || round === BEGINNINGS) throw fault;
      } finally {
        client.release(broken);
      }
    }
  };
  Object.assign(session, { transaction });
}

/** A statement that failed without an answer of PostgreSQL's, whose answers all carry a code of five characters. */
function isOfConnection(fault: unknown): boolean {
  if (!(fault instanceof DrizzleQueryError)) return false;
  const { code } = (fault.cause ?? {}) as { code?: unknown };
  return !isSqlstate(code) || GOING.test(code);
}

/** PostgreSQL's, all of which have a digit; of those that a socket gives none has one, EPIPE for instance. */
export const isSqlstate = (code: unknown): code is string =>
  typeof code === "string" && /^(?=.*\d)[0-9A-Z]{5}$/.test(code);

/** PostgreSQL ends the session with its answer: shut down, crashed, starting up (class 57P). */
const GOING = /^57P/;
