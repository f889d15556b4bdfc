import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { roleGrant } from "#db/schema/roles.ts";
import { session } from "#db/schema/session.ts";
import { after, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { endOf, findSession, lookAtSession } from "#lib/session/session.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { officerOf } from "./rights-now.ts";

test("an officer's session ends after fifteen idle minutes, anybody else's after thirty", async () => {
  const world = await newWorld();
  const { ctx: officer } = await world.officer("helpdesk");
  const staff = await world.as(await world.account());
  expect(endOf((await findSession(officer, officer.sessionToken)) ?? expect.fail(), world.now()).secondsLeft).toBe(900);
  world.moveClock(minutes(15));
  for (const look of [findSession, lookAtSession]) {
    expect(await look(officer, officer.sessionToken)).toBeNull();
    expect(await look(staff, staff.sessionToken)).not.toBeNull();
  }
});

test("a role that ends is gone at the next request, in a session that stays", async () => {
  const world = await newWorld();
  const { ctx, grantId } = await world.officer("administrator");
  expect(await officerOf(world.db, ctx)).toMatchObject({ grants: [{ role: "administrator", officeId: null }] });
  await world.db.update(roleGrant).set({ state: "ended" }).where(eq(roleGrant.id, grantId));
  expect(await officerOf(world.db, ctx)).toBeNull();
  expect(await findSession(ctx, ctx.sessionToken)).toMatchObject({ grants: [] });
});

test("a role holds from its first moment to its last, and not a second longer", async () => {
  const world = await newWorld();
  const whose = await world.account();
  const untilAt = after(world.now(), hours(1));
  await addGrant(world.ctx, whose.id, { role: "sa", officeId: world.office.id, untilAt });
  const ctx = await world.as(whose);
  world.moveClock(hours(1));
  world.moveClock(seconds(-1));
  expect(await officerOf(world.db, ctx)).not.toBeNull();
  world.moveClock(seconds(1));
  expect(await officerOf(world.db, ctx)).toBeNull();
});

test("a session that is older than a role never gains by it; the next one has it", async () => {
  const world = await newWorld();
  const whose = await world.account();
  const before = await world.as(whose);
  world.moveClock(minutes(1));
  await addGrant(world.ctx, whose.id, { role: "administrator", officeId: world.office.id });
  expect(await officerOf(world.db, before)).toBeNull();
  expect(await findSession(before, before.sessionToken)).toMatchObject({ grants: [] });
  expect(await officerOf(world.db, await world.as(whose))).toMatchObject({ grants: [{ role: "administrator" }] });
});

test("a session that ended, and one that an enrolment ticket opened, give no right", async () => {
  const world = await newWorld();
  const { ctx } = await world.officer("sa");
  const its = eq(session.id, ctx.actor.sessionId);
  await world.db.update(session).set({ ticketId: ctx.actor.sessionId }).where(its);
  expect(await officerOf(world.db, ctx)).toBeNull();
  await world.db.update(session).set({ ticketId: null, endedAt: world.now() }).where(its);
  expect(await officerOf(world.db, ctx)).toBeNull();
});
