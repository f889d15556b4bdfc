import pg from "pg";

/** Databases of one test run: `kunci_test_PID_template`, and a copy of it for each worker. */
const PREFIX = "kunci_test_";
export const templateOf = (run: number) => `${PREFIX}${run}_template`;
export const workerDatabaseOf = (run: number, worker: string) => `${PREFIX}${run}_worker_${worker}`;

/** Schema of the template that keeps what the migrations wrote: a copy of each table that is not empty then. */
export const PRISTINE = "pristine";
/** The tables (`t`) that a world empties. pg-boss's version and queues belong to its schema. */
export const emptied =
  "t.schemaname in ('public', 'pgboss') and (t.schemaname, t.tablename) not in (('pgboss', 'version'), ('pgboss', 'queue'))";

/** The same server and role, another database. */
export function onDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** One connection for as long as `work` takes. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Drops the databases of `run`, and of every run that died without clearing up. */
export async function dropDatabases(ownerUrl: string, run: number): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [PREFIX],
    );
    for (const { datname } of rows) {
      const whose = Number.parseInt(datname.slice(PREFIX.length), 10);
      if (whose === run || !isAlive(whose)) await client.query(`drop database if exists "${datname}" with (force)`);
    }
  });
}
