import pg from "pg";

/** What lies between a connection and PostgreSQL. */
export type Route = {
  /** Somebody (PgBouncer, a provider's pooler) hands statements to connections of its own: nothing of a session stays. */
  pooled: boolean;
  /** Named statements may be used: straight to PostgreSQL, or by a pooler that keeps track of them (PgBouncer ≥1.21). */
  prepares: boolean;
};

const ANSWERED_WITHIN_MS = 10_000;
/** What PgBouncer makes of a statement's name where it keeps track of them. */
const TRACKED = /^PGBOUNCER_\d+$/;

type Connected = Pick<pg.ClientBase, "query"> & { processID?: number | null };

/**
 * How this connection leads to PostgreSQL. PostgreSQL tells each connection the number of the process that serves it; a
 * pooler tells one it made up, since that process changes. Whether it keeps track of named statements shows in what it has
 * called ours. One question where it is PostgreSQL itself.
 */
export async function routeOf(client: Connected): Promise<Route> {
  const ask = async <Row extends pg.QueryResultRow>(text: string, name?: string): Promise<Row[]> =>
    (await client.query<Row>({ text, ...(name && { name }), query_timeout: ANSWERED_WITHIN_MS } as pg.QueryConfig))
      .rows;

  const [server] = await ask<{ pid: number }>("select pg_backend_pid() as pid");
  if (server?.pid === client.processID) return { pooled: false, prepares: true };
  // Together, so that all is asked of the same connection.
  await ask("begin");
  try {
    const name = `kunci_${client.processID}_${performance.now()}`;
    await ask("select 1", name);
    const known = await ask<{ name: string }>("select name from pg_prepared_statements");
    // One that went through as it is would stay with a connection that others use after us.
    if (known.some((each) => each.name === name)) await ask(`deallocate ${pg.escapeIdentifier(name)}`);
    return { pooled: true, prepares: known.length > 0 && known.every((each) => TRACKED.test(each.name)) };
  } finally {
    await ask("rollback");
  }
}

/** The route of an address. Rejects as a connection does where it cannot be reached. */
export async function routeTo(url: string): Promise<Route> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "kunci",
    connectionTimeoutMillis: ANSWERED_WITHIN_MS,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await routeOf(client);
  } finally {
    await client.end();
  }
}

/** What only a connection of its own can do was to be done through a pooler. */
export class Pooled extends Error {
  readonly code = "KUNCI_POOLED";
  override readonly name = "Pooled";
}

/** From now on statements of this connection go without their names. */
export function withoutNames(client: pg.ClientBase): void {
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const query = (statement: unknown, ...rest: unknown[]): unknown =>
    ask(isNamed(statement) ? unnamed(statement) : statement, ...rest);
  Object.assign(client, { query });
}

// What submits itself (a COPY, a cursor) is left alone.
const isNamed = (statement: unknown): statement is { name: string } =>
  typeof statement === "object" && statement !== null && "name" in statement && !("submit" in statement);

const unnamed = ({ name: _, ...statement }: { name: string }): object => statement;
