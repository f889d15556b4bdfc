import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { connect } from "./client.ts";
import { migrate, schemaIsCurrent } from "./migrate.ts";

const message = (outcome: Promise<unknown>): Promise<string> =>
  outcome.then(
    () => "done",
    (fault: { cause?: Error; message: string }) => fault.cause?.message ?? fault.message,
  );

test("four instances that start at once on an empty database bring it to this version once", async () => {
  const world = await newWorld();
  await world.owner.query("create database migrate_at_once template template0");
  const url = new URL(world.ownerUrl);
  url.pathname = "/migrate_at_once";
  const db = connect(url.href, { max: 1 });
  try {
    expect(await schemaIsCurrent(db)).toBe(false);
    await Promise.all(Array.from({ length: 4 }, () => migrate(url.href)));
    expect(await schemaIsCurrent(db)).toBe(true);
    const { rows } = await db.execute(
      sql`select count(*)::int as applied, count(distinct hash)::int as different from drizzle.__drizzle_migrations`,
    );
    expect(rows[0]?.applied).toBe(rows[0]?.different);
  } finally {
    await db.$client.end();
    await world.owner.query("drop database migrate_at_once");
  }
});

test.each(["update audit_event set type = 'x'", "delete from audit_event", "truncate audit_event"])(
  "nobody may do this to the audit trail, not even its owner: %s",
  async (statement) => {
    const world = await newWorld();
    expect(await message(world.db.execute(sql.raw(statement)))).toBe("permission denied for table audit_event");
    const owner = await world.owner.connect();
    try {
      await owner.query("begin");
      await owner.query(
        "insert into audit_event (at, type, outcome, actor_kind, data) values (now(), 'x', 'success', 'system', '{}')",
      );
      expect(await message(owner.query(statement))).toBe("the audit trail is append-only");
    } finally {
      await owner.query("rollback");
      owner.release();
    }
  },
);

test.each([
  "create table mine ()",
  "alter table account add column more text",
  "drop table letter",
  "create schema mine",
])("the application cannot change the schema: %s", async (statement) => {
  const world = await newWorld();
  expect(await message(world.db.execute(sql.raw(statement)))).toMatch(/permission denied|must be owner/);
});

test("a schema that is newer than this version is fine: an upgrade goes on beside it", async () => {
  const world = await newWorld();
  await world.owner.query(
    "insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the next version', 9999999999999)",
  );
  try {
    expect(await schemaIsCurrent(world.db)).toBe(true);
  } finally {
    await world.owner.query("delete from drizzle.__drizzle_migrations where hash = 'of the next version'");
  }
});

test("a connection that the server ends is replaced, and the process lives", async () => {
  const world = await newWorld();
  const db = connect(world.appUrl, { max: 1 });
  const pid = async () => (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]?.pid;
  const before = await pid();
  await world.owner.query("select pg_terminate_backend($1)", [before]);
  await expect.poll(() => pid().catch(() => before)).not.toBe(before);
  await db.$client.end();
});
