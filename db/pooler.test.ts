import { sql } from "drizzle-orm";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { startPgBouncer, whyNoPgBouncer } from "#lib/testing/pgbouncer.ts";
import { connect } from "./client.ts";
import { migrate } from "./migrate.ts";
import { run } from "./named.ts";
import { routeOf, routeTo } from "./pooler.ts";

const why = whyNoPgBouncer();
const pooledTest = test.skipIf(why !== null);
const as = why === null ? "" : ` (skipped: ${why})`;

async function pooled(serverConnections: number, overlooks?: string) {
  const world = await newWorld();
  const bouncer = await startPgBouncer([world.appUrl, world.ownerUrl], {
    serverConnections,
    ...(overlooks && { overlooks }),
  });
  onTestFinished(bouncer.stop);
  return { ...world, appUrl: bouncer.url(world.appUrl), ownerUrl: bouncer.url(world.ownerUrl) };
}

test("PostgreSQL itself is told from what stands before it", async () => {
  const { appUrl } = await newWorld();
  expect(await routeTo(appUrl)).toEqual({ pooled: false, prepares: true });
});

pooledTest(`a PgBouncer that passes names on as they are is known for it, and keeps none of ours${as}`, async () => {
  const { appUrl } = await pooled(1);
  for (let n = 0; n < 3; n++) expect(await routeTo(appUrl)).toEqual({ pooled: true, prepares: false });
  const client = new pg.Client(appUrl);
  await client.connect();
  onTestFinished(() => client.end());
  expect((await client.query("select name from pg_prepared_statements")).rows).toEqual([]);
});

test.each([
  ["PGBOUNCER_7", true],
  ["somebody_elses", false],
])("of a pooler that calls a statement %s it is known whether it keeps track of them: %s", async (name, prepares) => {
  const answers: Record<string, object[]> = {
    "select pg_backend_pid() as pid": [{ pid: 11 }],
    "select name from pg_prepared_statements": [{ name }],
  };
  const query = async ({ text }: { text: string }) => ({ rows: answers[text] ?? [] });
  expect(await routeOf({ processID: 12, query } as never)).toEqual({ pooled: true, prepares });
});

pooledTest(`named statements of many at once go through two connections of a PgBouncer${as}`, async () => {
  const { appUrl } = await pooled(2);
  const pools = [connect(appUrl, { max: 5 }), connect(appUrl, { max: 5 })];
  onTestFinished(async () => void (await Promise.all(pools.map((db) => db.$client.end()))));
  const asked = Array.from({ length: 120 }, (_, n) => n);
  const answers = await Promise.all(
    asked.map(async (n) => {
      const statement = { name: `doubled_${n % 3}`, text: `select $1::int * ${2 + (n % 3)} as much` };
      return (await run<{ much: number }>(pools[n % 2] as (typeof pools)[0], statement, [n]))[0]?.much;
    }),
  );
  expect(answers).toEqual(asked.map((n) => n * (2 + (n % 3))));
});

pooledTest(`transactions stay whole through a PgBouncer, and locks of theirs hold${as}`, async () => {
  const { appUrl } = await pooled(2);
  const db = connect(appUrl, { max: 6 });
  onTestFinished(() => db.$client.end());
  let inside = 0;
  const most = await Promise.all(
    Array.from({ length: 12 }, () =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(4711)`);
        const now = ++inside;
        await tx.execute(sql`select pg_sleep(0.005)`);
        inside -= 1;
        return now;
      }),
    ),
  );
  expect(Math.max(...most)).toBe(1);
});

pooledTest(`migrations do not go through a PgBouncer: their locks and limits would be lost${as}`, async () => {
  const { ownerUrl } = await pooled(2);
  await expect(migrate(ownerUrl)).rejects.toThrow("DATABASE_OWNER_URL must lead to PostgreSQL itself");
});

pooledTest(
  `nobody steps down to the application's role through a PgBouncer that overlooks that it should${as}`,
  async () => {
    const { ownerUrl } = await pooled(2, "options");
    const refused: string[] = [];
    const db = connect(ownerUrl, { max: 1, stepDown: true, refused: (sqlstate) => void refused.push(sqlstate) });
    onTestFinished(() => db.$client.end());
    await expect(db.$client.query("select 1")).rejects.toThrow("only kunci_app itself");
    expect(refused, "a mistake, and no absence").toEqual([]);
  },
);
