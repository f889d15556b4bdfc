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
  // A run that was killed may have left it behind.
  await world.owner.query("drop database if exists migrate_at_once with (force)");
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

test("the application's role cannot choose an event's number, and so not stop the ones to come", async () => {
  const world = await newWorld();
  const forged = `insert into audit_event (id, at, type, outcome, actor_kind, data) overriding system value values (1, now(), 'x', 'success', 'system', '{}')`;
  expect(await message(world.db.execute(sql.raw(forged)))).toBe("permission denied for table audit_event");
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

test("rights are given in one step: at no moment may a running application touch the trail", async () => {
  const world = await newWorld();
  const watcher = await world.owner.connect();
  await watcher.query(
    "create function note_right() returns event_trigger language plpgsql as $$ begin perform pg_notify('rights', pg_current_xact_id()::text); end $$",
  );
  await watcher.query(
    "create event trigger note_rights on ddl_command_end when tag in ('GRANT', 'REVOKE') execute function note_right()",
  );
  const transactions = new Set<string>();
  watcher.on("notification", ({ payload }) => transactions.add(payload ?? ""));
  try {
    await watcher.query("listen rights");
    await migrate(world.ownerUrl);
    await watcher.query("select 1");
    expect(transactions.size).toBe(1);
    const { rows } = await watcher.query("select has_table_privilege('kunci_app', 'audit_event', 'update') as may");
    expect(rows).toEqual([{ may: false }]);
  } finally {
    await watcher.query("unlisten rights");
    await watcher.query("drop event trigger note_rights");
    await watcher.query("drop function note_right");
    watcher.release();
  }
});

test("a connection that should step down and may not does nothing at all", async () => {
  const world = await newWorld();
  await world.owner.query("drop role if exists outsider");
  await world.owner.query("create role outsider login password 'outsider'");
  const url = new URL(world.ownerUrl);
  Object.assign(url, { username: "outsider", password: "outsider" });
  url.searchParams.set("options", "-c statement_timeout=10000");
  const db = connect(url.href, { max: 1, stepDown: true });
  try {
    expect(await message(db.execute(sql`select 1`))).toMatch(/permission denied to set role|role "outsider" may not/);
  } finally {
    await db.$client.end();
    await world.owner.query("drop role outsider");
  }
});

test("a connection that steps down is the application's from its first statement, beside options of its own", async () => {
  const world = await newWorld();
  const db = connect(`${world.ownerUrl}?options=${encodeURIComponent("-c statement_timeout=1234")}`, {
    stepDown: true,
  });
  const { rows } = await db.execute(sql`select current_user as name, current_setting('statement_timeout') as patience`);
  await db.$client.end();
  expect(rows).toEqual([{ name: "kunci_app", patience: "1234ms" }]);
});
