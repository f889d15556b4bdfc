import { randomBytes } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { recordAll } from "../record.ts";
import { compareRows } from "./compare-rows.ts";
import { headOfTrail } from "./last-seal.ts";
import { sealTrail } from "./seal-trail.ts";
import { verifyTrail } from "./verify-trail.ts";

/** Three seals of four events each, and the numbers of all twelve. */
async function sealedWorld(): Promise<{ world: World; ids: number[] }> {
  const world = await newWorld();
  for (const batch of [0, 1, 2]) await sealFour(world, batch);
  const { rows } = await world.owner.query<{ id: string }>("select id from audit_event order by id");
  return { world, ids: rows.map(({ id }) => Number(id)) };
}

async function sealFour(world: World, batch: number): Promise<void> {
  const events = [0, 1, 2, 3].map(
    (n) => ({ type: "recovery_code.used", accountId: null, left: batch * 4 + n }) as const,
  );
  await world.db.transaction((tx) => recordAll(tx, world.ctx, events));
  world.moveClock(minutes(5));
  await sealTrail(world.ctx);
}

/** What somebody does who owns the database and has set its guards aside. */
async function asIntruder(world: World, ...statements: [string, unknown[]?][]): Promise<void> {
  const guards = [
    ["audit_event", "audit_event_append_only"],
    ["audit_event", "audit_event_forgets"],
    ["audit_seal", "audit_seal_append_only"],
    ["audit_redaction", "audit_redaction_append_only"],
  ];
  for (const [table, guard] of guards) await world.owner.query(`alter table ${table} disable trigger ${guard}`);
  try {
    for (const [text, values] of statements) await world.owner.query(text, values);
  } finally {
    for (const [table, guard] of guards) await world.owner.query(`alter table ${table} enable always trigger ${guard}`);
  }
}

const brokenIn = async ({ ctx }: { ctx: Pick<Context, "db" | "keys"> }) => (await verifyTrail(ctx)).broken;

test("a trail that nobody touched is whole, to its owner and to the application", async () => {
  const { world } = await sealedWorld();
  const whole = { broken: null, seals: 3, events: 12, unsealed: { events: 0, oldest: null } };
  expect(await verifyTrail(world.ctx)).toEqual(whole);
  const asOwner = connect(world.ownerUrl, { max: 1 });
  onTestFinished(() => asOwner.$client.end());
  expect(await verifyTrail({ ...world.ctx, db: asOwner })).toEqual(whole);
});

test("each part of an event is sealed: whichever is changed, the event is named", async () => {
  const { world, ids } = await sealedWorld();
  const id = ids[5];
  const parts = {
    at: "at + interval '1 millisecond'",
    type: "'account.lapsed'",
    outcome: "'refused'",
    account_id: "gen_random_uuid()",
    actor_kind: "'system'",
    actor_id: "gen_random_uuid()",
    session_id: "gen_random_uuid()",
    request_id: "'another'",
    ip: "'192.0.2.99'",
    device: "null",
    data: `data || '{"left": 9}'`,
  };
  for (const [part, to] of Object.entries(parts)) {
    const { rows } = await world.owner.query(`select ${part}::text as was from audit_event where id = $1`, [id]);
    await asIntruder(world, [`update audit_event set ${part} = ${to} where id = $1`, [id]]);
    expect(await brokenIn(world), part).toEqual({ seal: 2, what: "changed", event: id });
    const type =
      part === "data"
        ? "jsonb"
        : part === "at"
          ? "timestamptz"
          : part.endsWith("_id") && part !== "request_id"
            ? "uuid"
            : "text";
    await asIntruder(world, [`update audit_event set ${part} = $2::${type} where id = $1`, [id, rows[0]?.was]]);
    expect(await brokenIn(world), `${part} put back`).toBeNull();
  }
});

test("of several that were touched the first is named", async () => {
  const { world, ids } = await sealedWorld();
  await asIntruder(
    world,
    [`update audit_event set outcome = 'refused' where id = $1`, [ids[9]]],
    [`delete from audit_event where id = $1`, [ids[3]]],
  );
  expect(await brokenIn(world)).toEqual({ seal: 1, what: "missing", event: ids[3] });
});

test("a deleted event is named, be it the first of all, the last or between", async () => {
  for (const place of [0, 7, 11]) {
    const { world, ids } = await sealedWorld();
    await asIntruder(world, [`delete from audit_event where id = $1`, [ids[place]]]);
    expect(await brokenIn(world)).toEqual({ seal: Math.floor(place / 4) + 1, what: "missing", event: ids[place] });
  }
});

test("an event slipped in among sealed ones is named, before the first too", async () => {
  const { world, ids } = await sealedWorld();
  const copied = `insert into audit_event (id, at, type, outcome, actor_kind, data) overriding system value select $1, at, 'account.lapsed', outcome, actor_kind, data from audit_event where id = $2`;
  const before = (ids[0] as number) - 1_000;
  await asIntruder(world, [copied, [before, ids[0]]]);
  expect(await brokenIn(world)).toEqual({ seal: 1, what: "inserted", event: before });
  await asIntruder(
    world,
    [`delete from audit_event where id = $1`, [before]],
    [`delete from audit_event where id = $1`, [ids[6]]],
    [copied, [ids[6], ids[5]]],
  );
  expect(await brokenIn(world), "in the place of another").toEqual({ seal: 2, what: "changed", event: ids[6] });
});

test("events that changed places are named with the places they had", async () => {
  const { world, ids } = await sealedWorld();
  // Only in a table that gives numbers by default may they be written.
  await asIntruder(
    world,
    ["alter table audit_event alter column id set generated by default"],
    [`create temporary table kept as select * from audit_event where id = any($1)`, [[ids[4], ids[6]]]],
    [`delete from audit_event where id = any($1)`, [[ids[4], ids[6]]]],
    [`update kept set id = case id when $1 then $2 else $1 end`, [ids[4], ids[6]]],
    ["insert into audit_event overriding system value select * from kept"],
    ["drop table kept"],
    ["alter table audit_event alter column id set generated always"],
  );
  expect(await brokenIn(world)).toEqual({ seal: 2, what: "reordered", event: ids[4], was: ids[6] });
});

test("a seal that is changed, removed or made by somebody without the key is named", async () => {
  for (const [statement, broken] of [
    ["update audit_seal set row_count = 3 where number = 2", { what: "seal_changed", seal: 2 }],
    ["update audit_seal set last_id = last_id + 1 where number = 3", { what: "seal_changed", seal: 3 }],
    [
      "update audit_seal set sealed_at = sealed_at + interval '1 day' where number = 1",
      { what: "seal_changed", seal: 1 },
    ],
    ["update audit_seal set entries = substring(entries from 25) where number = 2", { what: "seal_changed", seal: 2 }],
    ["delete from audit_seal where number = 2", { what: "seal_missing", seal: 2 }],
    ["delete from audit_seal where number = 1", { what: "seal_missing", seal: 1 }],
    ["update audit_seal set number = 0 where number = 1", { what: "seal_changed", seal: 0 }],
    [
      "insert into audit_seal select 4, sealed_at, last_id, row_count, entries, key_id, signature from audit_seal where number = 3",
      { what: "seal_changed", seal: 4 },
    ],
  ] as const) {
    const { world } = await sealedWorld();
    await asIntruder(world, [statement]);
    expect(await brokenIn(world), statement).toEqual(broken);
  }
});

test("a tail cut off with its seals shows against a head that was kept elsewhere, and only there", async () => {
  const { world, ids } = await sealedWorld();
  const head = await headOfTrail(world.ctx);
  expect(head).toMatchObject({ number: 3, lastId: ids[11] });
  expect((await verifyTrail(world.ctx, head)).broken).toBeNull();

  await asIntruder(
    world,
    ["delete from audit_seal where number = 3"],
    [`delete from audit_event where id > $1`, [ids[7]]],
  );
  expect(await brokenIn(world)).toBeNull();
  expect((await verifyTrail(world.ctx, head)).broken).toEqual({ what: "tail_cut", seal: 3, lastSeal: 2 });

  await sealFour(world, 3);
  expect(await brokenIn(world), "the tail was written anew").toBeNull();
  expect((await verifyTrail(world.ctx, head)).broken).toEqual({ what: "head_differs", seal: 3 });
});

test("a key that is changed signs what comes, and what was signed before is still read", async () => {
  const { world } = await sealedWorld();
  const { audit } = world.ctx.keys;
  const keys = { ...world.ctx.keys, audit: { current: "next", keys: { ...audit.keys, next: randomBytes(32) } } };
  await sealFour({ ...world, ctx: { ...world.ctx, keys } }, 3);
  expect(await verifyTrail({ ...world.ctx, keys })).toMatchObject({ broken: null, seals: 4, events: 16 });
  expect(await brokenIn(world)).toEqual({ what: "key_missing", seal: 4, keyId: "next" });
  const other = { ...world.ctx.keys, audit: { current: "test", keys: { test: randomBytes(32) } } };
  expect((await verifyTrail({ ...world.ctx, keys: other })).broken).toEqual({ what: "seal_changed", seal: 1 });
});

test("two events that say the same are told apart by their places", () => {
  const [a, b, c] = [
    { id: 1, hash: "same" },
    { id: 2, hash: "same" },
    { id: 3, hash: "other" },
  ] as const;
  expect(compareRows([a, b, c], [a, b, c])).toBeNull();
  expect(compareRows([a, b, c], [a, c])).toEqual({ what: "missing", event: 2 });
  expect(compareRows([a, c], [a, b, c])).toEqual({ what: "inserted", event: 2 });
  expect(compareRows([b, c], [c, { id: 4, hash: "same" }])).toEqual({ what: "reordered", event: 4, was: 2 });
  expect(compareRows([], [])).toBeNull();
});
