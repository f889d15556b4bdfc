import { expect, onTestFinished, test, vi } from "vitest";
import { connect } from "#db/client.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { mailboxTransport } from "#lib/mail/transports/mailbox.ts";
import { exampleAgency, readMailbox } from "#lib/testing/mail.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { startPgBouncer, whyNoPgBouncer } from "#lib/testing/pgbouncer.ts";
import { startJobs } from "./jobs.ts";
import { SCHEDULES } from "./prepare-queues.ts";

vi.setConfig({ testTimeout: 120_000 });
const soon = { timeout: 90_000, interval: 50 };

async function working(world: World, wanted: Partial<Parameters<typeof startJobs>[0]> = {}) {
  const said: { details: object; message: string }[] = [];
  const say = (details: object, message: string) => void said.push({ details, message });
  const jobs = await startJobs({
    databaseUrl: world.appUrl,
    systemContext: world.asSystem,
    mail: { transport: mailboxTransport(world.db), agency: exampleAgency },
    ...wanted,
    log: { info: say, warn: say, error: say },
  });
  onTestFinished(jobs.stop);
  return said;
}

test("of three instances that each believe the minute is theirs, one job of a kind comes", async () => {
  const world = await newWorld();
  for (let instance = 0; instance < 3; instance++) {
    // Nobody seems to have looked at the clock yet: otherwise only one of them would.
    await world.owner.query("update pgboss.version set cron_on = null");
    await working(world);
    await vi.waitFor(async () => {
      const { rows } = await world.owner.query("select from pgboss.version where cron_on is not null");
      expect(rows).toHaveLength(1);
    }, soon);
  }
  const eachMinute = Object.entries(SCHEDULES).flatMap(([name, cron]) => (cron === "* * * * *" ? [name] : []));
  const jobs = async () =>
    (
      await world.owner.query<{ name: string; started: number }>(
        `select name, singleton_on as minute, count(*)::int as started, min(retry_count) as retries
        from pgboss.job where name = any($1) group by name, singleton_on`,
        [eachMinute],
      )
    ).rows;
  await vi.waitFor(
    async () => expect(new Set((await jobs()).map(({ name }) => name))).toEqual(new Set(eachMinute)),
    soon,
  );
  // A minute that begins meanwhile has its own, which are taken a little later.
  await vi.waitFor(async () => {
    const { rows } = await world.owner.query(
      "select from pgboss.job where name = '__pgboss__send-it' and state <> 'completed'",
    );
    expect(rows).toEqual([]);
  }, soon);
  expect((await jobs()).filter(({ started }) => started !== 1)).toEqual([]);
});

const why = whyNoPgBouncer();
const pooledTest = test.skipIf(why !== null);

pooledTest(
  `through a PgBouncer letters are looked for, and nobody tries to listen${why ? ` (skipped: ${why})` : ""}`,
  async () => {
    const world = await newWorld();
    const bouncer = await startPgBouncer([world.appUrl], { serverConnections: 3 });
    onTestFinished(bouncer.stop);
    const databaseUrl = bouncer.url(world.appUrl);
    const db = connect(databaseUrl, { max: 5 });
    onTestFinished(() => db.$client.end());
    const said = await Promise.all(
      [1, 2].map(() =>
        working(world, {
          databaseUrl,
          listens: false,
          systemContext: () => ({ ...world.asSystem(), db }),
          mail: { transport: mailboxTransport(db), agency: exampleAgency },
        }),
      ),
    );
    const owner = await world.account();
    const about = { from: "Chrome pada Windows", at: world.now().toISOString() };
    for (let letters = 0; letters < 30; letters++)
      await db.transaction(async (tx) => {
        await enqueue(tx, world.ctx, {
          kind: "account_activated",
          accountId: owner.id,
          to: owner.officialEmail,
          about,
        });
      });
    await vi.waitFor(async () => expect(await readMailbox(world.ctx)).toHaveLength(30), soon);
    expect(said.flat().filter(({ message }) => message !== "job done")).toEqual([]);
    const { rows } = await world.owner.query(
      "select query from pg_stat_activity where datname = current_database() and query ilike 'listen%'",
    );
    expect(rows).toEqual([]);
  },
);
