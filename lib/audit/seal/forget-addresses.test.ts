import { expect, test } from "vitest";
import { auditEvent, auditRedaction } from "#db/schema/audit.ts";
import { before, days, minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { recordAll } from "../record.ts";
import { forgetAddresses } from "./forget-addresses.ts";
import { sealTrail } from "./seal-trail.ts";
import { verifyTrail } from "./verify-trail.ts";

/** So many batches of three events, a day apart, the first of them so many days ago. */
async function trailOf(batches: number, daysAgo: number): Promise<World> {
  const world = await newWorld();
  world.moveClock(days(-daysAgo));
  for (let n = 0; n < batches; n += 1) await sealThree(world);
  return world;
}

async function sealThree(world: World): Promise<void> {
  const events = [0, 1, 2].map((left) => ({ type: "recovery_code.used", accountId: null, left }) as const);
  await world.db.transaction((tx) => recordAll(tx, world.ctx, events));
  world.moveClock(minutes(5));
  await sealTrail(world.ctx);
  world.moveClock(days(1));
}

const addresses = async (world: World) =>
  (await world.events()).map(({ ip, device }) => (ip === null && device === null ? "-" : "kept")).join("");
const broken = async (world: World) => (await verifyTrail(world.ctx)).broken;

test("after a year an event says no more where it came from, and the trail is as whole as before", async () => {
  const world = await trailOf(4, 367);
  const told = (await world.events()).map(({ ip, device, ...rest }) => rest);
  expect(await forgetAddresses(world.ctx, before(world.now(), days(2.5)))).toBe(6);
  expect(await addresses(world)).toBe("------keptkeptkeptkeptkeptkept");
  expect((await world.events()).map(({ ip, device, ...rest }) => rest)).toEqual(told);
  expect(await verifyTrail(world.ctx)).toMatchObject({ broken: null, seals: 4, events: 12 });
  expect(await forgetAddresses(world.ctx, before(world.now(), days(2.5))), "once").toBe(0);
  expect(await forgetAddresses(world.ctx, world.now()), "and goes on from there").toBe(6);
  expect(await broken(world)).toBeNull();
});

test("of eight at once each batch is dealt with once, and sealing goes on meanwhile", async () => {
  const world = await trailOf(6, 400);
  const cutoff = world.now();
  const [sealing, ...done] = await Promise.all([
    sealThree(world).then(() => 0),
    ...Array.from({ length: 8 }, () => forgetAddresses(world.ctx, cutoff)),
  ]);
  expect(done.reduce((sum, each) => sum + each, sealing)).toBe(18);
  expect(await world.db.select().from(auditRedaction)).toHaveLength(6);
  expect(await verifyTrail(world.ctx)).toMatchObject({ broken: null, seals: 7 });
});

test("what was touched before is not sealed anew, and stays named", async () => {
  const world = await trailOf(2, 400);
  await world.owner.query("alter table audit_event disable trigger audit_event_forgets");
  await world.owner.query("update audit_event set outcome = 'refused' where id = (select min(id) from audit_event)");
  await world.owner.query("alter table audit_event enable always trigger audit_event_forgets");
  await expect(forgetAddresses(world.ctx, world.now())).rejects.toThrow("seal 1 does not hold");
  expect(await addresses(world)).not.toContain("-");
  expect(await broken(world)).toMatchObject({ seal: 1, what: "changed" });
});

test("what is changed after it, or made up by somebody without the key, is named", async () => {
  for (const [statement, what] of [
    ["update audit_event set ip = '192.0.2.9' where id = (select min(id) from audit_event)", "changed"],
    ["update audit_event set outcome = 'refused' where id = (select min(id) from audit_event)", "changed"],
    ["update audit_redaction set entries = substring(entries from 25)", "redaction_changed"],
    ["update audit_redaction set redacted_at = redacted_at + interval '1 day'", "redaction_changed"],
    ["delete from audit_redaction", "changed"],
  ] as const) {
    const world = await trailOf(1, 400);
    await forgetAddresses(world.ctx, world.now());
    expect(await broken(world)).toBeNull();
    await world.owner.query(`begin; set local session_replication_role = replica;
      alter table audit_event disable trigger audit_event_forgets;
      alter table audit_redaction disable trigger audit_redaction_append_only; ${statement};
      alter table audit_event enable always trigger audit_event_forgets;
      alter table audit_redaction enable always trigger audit_redaction_append_only; commit`);
    expect(await broken(world), statement).toMatchObject({ seal: 1, what });
  }
});

test("the application can take an address out of an old event alone, put none in, and change nothing else", async () => {
  const world = await newWorld();
  const denied = { cause: { code: "42501" } };
  const forget = () => world.db.update(auditEvent).set({ ip: null, device: null });
  const happens = () =>
    world.db.transaction((tx) => recordAll(tx, world.ctx, [{ type: "account.lapsed", accountId: null }]));
  // The database goes by its own clock.
  world.takeMachinesTime();
  world.moveClock(days(-1));
  await happens();
  await expect(forget(), "of yesterday").rejects.toMatchObject(denied);
  const old = await trailOf(1, 91);
  await expect(old.db.update(auditEvent).set({ ip: "192.0.2.9", device: null })).rejects.toMatchObject(denied);
  await expect(old.db.update(auditEvent).set({ ip: null }), "half of it").rejects.toMatchObject(denied);
  await expect(old.db.update(auditEvent).set({ ip: null, device: null, type: "-" })).rejects.toMatchObject(denied);
  const asOwner = "update audit_event set ip = null, device = null, outcome = 'refused'";
  await expect(old.owner.query(asOwner), "nor its owner, by accident").rejects.toMatchObject({ code: "42501" });
  await forget();
  expect(await addresses(old)).toBe("---");
});

test("what is sealed anew is what was looked through: a database that then says something else is found out", async () => {
  const world = await trailOf(1, 400);
  // Whoever owns the database has it tell the truth once, and from then on what they would have had happen.
  await world.owner.query(`alter table audit_event rename to audit_event_told; create sequence told; grant usage on sequence told to kunci_app;
    create view audit_event as select id, at, type, case when nextval('told') > 3 then 'refused' else outcome end as outcome,
      account_id, actor_kind, actor_id, session_id, request_id, ip, device, data from audit_event_told;
    grant select, update on audit_event to kunci_app`);
  await forgetAddresses(world.ctx, world.now());
  await world.owner.query(`drop view audit_event; drop sequence told; alter table audit_event_told rename to audit_event;
    alter table audit_event disable trigger audit_event_forgets; update audit_event set outcome = 'refused';
    alter table audit_event enable always trigger audit_event_forgets`);
  expect(await broken(world)).toMatchObject({ seal: 1, what: "changed" });
});
