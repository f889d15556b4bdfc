import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { type Role, roleGrant } from "#db/schema/roles.ts";
import { lapseRegistrations } from "#lib/account/registration/lapse-registrations.ts";
import type { Context } from "#lib/kernel/context.ts";
import { after, hours, minutes, seconds } from "#lib/kernel/time.ts";
import { grantsOf } from "#lib/office/roles/rights-now.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addGrant, anyReason } from "#lib/testing/officer.ts";
import { limits } from "#lib/throttle/limits.ts";
import { decideRequest } from "../two-officers/decide-request.ts";
import { endRole } from "./end-role.ts";
import { grantRole, type RoleWanted } from "./grant-role.ts";
import { listHolders, listRoles } from "./list-roles.ts";

const REASON = anyReason;

async function agency() {
  const world = await newWorld();
  const first = await world.officer("administrator");
  const { ctx: administrator, account: administratorAccount, grantId: administratorGrant } = first;
  const somebody = await world.account({ staffConfirmed: true });
  const wanted = (role: Role, more: Partial<RoleWanted> = {}): RoleWanted => ({
    role,
    offices: [world.office.id],
    from: world.now(),
    until: null,
    reason: REASON,
    ...more,
  });
  const inHours = (n: number) => after(world.now(), hours(n));
  return { world, inHours, administrator, administratorAccount, administratorGrant, somebody, wanted };
}

const rolesOf = async (world: World, whose: { id: string }) =>
  (await grantsOf(world.db, world.ctx, whose.id)).map(({ role }) => role);
const waiting = async (world: World) => (await world.db.select().from(officerRequest)).at(-1)?.id ?? "";
const approve = (ctx: Context, id: string) => decideRequest(ctx, id, { approve: true, reason: REASON });

test("a helpdesk officer is made by one, holds at once in that office, and is told", async () => {
  const { world, administrator, somebody, wanted } = await agency();
  expect(await grantRole(administrator, somebody.id, wanted("helpdesk"))).toEqual({
    ok: true,
    value: { waits: false },
  });
  expect(await grantsOf(world.db, world.ctx, somebody.id)).toEqual([{ role: "helpdesk", officeId: world.office.id }]);
  expect(await world.events("role.granted")).toMatchObject([{ accountId: somebody.id, data: { role: "helpdesk" } }]);
  expect(await world.mails()).toMatchObject([{ accountId: somebody.id, about: { change: "role_granted" } }]);
});

describe("what takes a second person", () => {
  test.each(["sa", "ap", "administrator"] as const)("%s holds once another administrator agrees", async (role) => {
    const { world, administrator, somebody, wanted } = await agency();
    const { ctx: second } = await world.officer("administrator");
    expect(await grantRole(administrator, somebody.id, wanted(role))).toEqual({ ok: true, value: { waits: true } });
    expect(await rolesOf(world, somebody)).toEqual([]);
    expect(await approve(administrator, await waiting(world))).toEqual({ ok: false, error: "own_request" });
    expect(await rolesOf(world, somebody)).toEqual([]);
    expect(await approve(second, await waiting(world))).toMatchObject({ ok: true });
    expect(await rolesOf(world, somebody)).toEqual([role]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([{ change: "role_granted" }]);
  });

  test("is not decided by somebody who does not stand above the role", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    const { ctx: ap } = await world.officer("ap");
    await grantRole(administrator, somebody.id, wanted("ap"));
    expect(await approve(ap, await waiting(world))).toEqual({ ok: false, error: "outranked" });
    expect(await rolesOf(world, somebody)).toEqual([]);
  });

  test("is over after four hours, and may be asked for again", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    await grantRole(administrator, somebody.id, wanted("sa"));
    expect(await grantRole(administrator, somebody.id, wanted("sa"))).toEqual({ ok: false, error: "role_held" });
    world.moveClock(hours(4));
    const again = await world.as({ id: administrator.actor.accountId }, ["password", "totp"]);
    expect(await listRoles(world.ctx, somebody.id)).toMatchObject([{ state: "refused" }]);
    expect(await grantRole(again, somebody.id, wanted("sa"))).toMatchObject({ ok: true });
    expect(await listRoles(world.ctx, somebody.id)).toMatchObject([{ state: "requested" }, { state: "refused" }]);
  });

  test("that was turned down gives nothing", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    const { ctx: second } = await world.officer("administrator");
    await grantRole(administrator, somebody.id, wanted("administrator"));
    await decideRequest(second, await waiting(world), { approve: false, reason: REASON });
    expect(await listRoles(world.ctx, somebody.id)).toMatchObject([{ state: "refused" }]);
    expect(await world.events("role.declined")).toHaveLength(1);
  });

  test("is over where whoever asked has come to stand below the role themselves", async () => {
    const { world, administrator, administratorGrant, somebody, wanted } = await agency();
    const { ctx: second } = await world.officer("administrator");
    await grantRole(administrator, somebody.id, wanted("ap"));
    expect(await endRole(second, administrator.actor.accountId, administratorGrant, REASON)).toMatchObject({
      ok: true,
    });
    await addGrant(world.ctx, administrator.actor.accountId, { role: "sa", officeId: world.office.id });
    expect(await approve(second, await waiting(world))).toEqual({ ok: false, error: "asker_may_not" });
    expect(await rolesOf(world, somebody)).toEqual([]);
  });

  test("holds from the agreement, though its day was earlier: no session gains by it", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    const { ctx: second } = await world.officer("administrator");
    await grantRole(administrator, somebody.id, wanted("sa"));
    world.moveClock(minutes(3));
    await approve(second, await waiting(world));
    const [grant] = await world.db.select().from(roleGrant).where(eq(roleGrant.accountId, somebody.id));
    expect(grant?.fromAt).toEqual(world.now());
  });
});

describe("a role is not granted", () => {
  test("by who does not stand above it, in another office, to oneself, or to who is above", async () => {
    const { world, administratorAccount, somebody, wanted } = await agency();
    const { ctx: sa, account: self } = await world.officer("sa");
    const elsewhere = await world.anotherOffice();
    const there = await world.account({ officeId: elsewhere.id, staffConfirmed: true });
    expect(await grantRole(sa, somebody.id, wanted("sa"))).toEqual({ ok: false, error: "role_not_yours" });
    expect(await grantRole(sa, somebody.id, wanted("auditor"))).toEqual({ ok: false, error: "role_not_yours" });
    expect(await grantRole(sa, somebody.id, wanted("helpdesk", { offices: [world.office.id, elsewhere.id] }))).toEqual({
      ok: false,
      error: "role_not_yours",
    });
    expect(await grantRole(sa, there.id, wanted("helpdesk"))).toEqual({ ok: false, error: "not_found" });
    expect(await grantRole(sa, self.id, wanted("helpdesk"))).toEqual({ ok: false, error: "outranked" });
    expect(await grantRole(sa, administratorAccount.id, wanted("helpdesk"))).toEqual({ ok: false, error: "outranked" });
    expect(await rolesOf(world, somebody)).toEqual([]);
  });

  test("to who is not confirmed by their office, suspended or closed", async () => {
    const { world, administrator, wanted } = await agency();
    const unconfirmed = await world.account();
    const suspended = await world.account({ status: "suspended", staffConfirmed: true });
    for (const { id } of [unconfirmed, suspended])
      expect(await grantRole(administrator, id, wanted("helpdesk"))).toEqual({ ok: false, error: "not_confirmed" });
  });

  test("for days that run backwards or lie years ahead, without an office, or on an old proof", async () => {
    const { world, inHours, administrator, somebody, wanted } = await agency();
    const grant = (more: Partial<RoleWanted>) => grantRole(administrator, somebody.id, wanted("helpdesk", more));
    expect(await grant({ until: world.now() })).toEqual({ ok: false, error: "period_backwards" });
    expect(await grant({ from: inHours(9 * 24), until: inHours(9 * 24) })).toMatchObject({
      error: "period_backwards",
    });
    expect(await grant({ from: inHours(400 * 24) })).toEqual({ ok: false, error: "period_far" });
    expect(await grant({ offices: [] })).toEqual({ ok: false, error: "office_needed" });
    expect(await grant({ offices: [randomUUID()] })).toEqual({ ok: false, error: "office_needed" });
    world.moveClock(minutes(10));
    world.moveClock(seconds(1));
    expect(await grant({})).toEqual({ ok: false, error: "step_up" });
    await world.db.update(office).set({ retiredAt: world.now() }).where(eq(office.id, world.office.id));
    expect(await grant({})).toEqual({ ok: false, error: "office_needed" });
  });

  test("twice, of many who grant it at once", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => grantRole(administrator, somebody.id, wanted("helpdesk"))),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await rolesOf(world, somebody)).toEqual(["helpdesk"]);
  });
});

describe("a role ends", () => {
  test("at once, by one person, and its holder is told", async () => {
    const { world, administrator } = await agency();
    const { account: other, grantId, ctx } = await world.officer("administrator");
    expect(await endRole(administrator, other.id, grantId, REASON)).toEqual({ ok: true, value: null });
    expect(await rolesOf(world, other)).toEqual([]);
    expect(await endRole(ctx, administrator.actor.accountId, grantId, REASON)).toEqual({
      ok: false,
      error: "not_found",
    });
    expect((await world.mails()).at(-1)).toMatchObject({ accountId: other.id, about: { change: "role_ended" } });
  });

  test("never by its holder, by who stands below, or of somebody else's account", async () => {
    const { world, administrator, somebody } = await agency();
    const [own] = await listRoles(world.ctx, administrator.actor.accountId);
    expect(await endRole(administrator, administrator.actor.accountId, own?.id ?? "", REASON)).toMatchObject({
      error: "outranked",
    });
    const { account: ap, grantId } = await world.officer("ap");
    const { ctx: sa } = await world.officer("sa");
    expect(await endRole(sa, ap.id, grantId, REASON)).toMatchObject({ error: "outranked" });
    expect(await endRole(administrator, somebody.id, grantId, REASON)).toEqual({ ok: false, error: "not_held" });
    expect(await endRole(administrator, somebody.id, "x", REASON)).toEqual({ ok: false, error: "not_held" });
    expect(await rolesOf(world, ap)).toEqual(["ap"]);
  });

  test("once, where two administrators end each other's at the same moment", async () => {
    const { world, administrator, administratorGrant } = await agency();
    const second = await world.officer("administrator");
    const ended = await Promise.all([
      endRole(administrator, second.account.id, second.grantId, REASON),
      endRole(second.ctx, administrator.actor.accountId, administratorGrant, REASON),
    ]);
    expect(ended).toContainEqual({ ok: true, value: null });
    expect(ended).toContainEqual({ ok: false, error: "not_found" });
  });

  test("before a second person agreed to it, who then has nothing to decide on", async () => {
    const { world, administrator, somebody, wanted } = await agency();
    await grantRole(administrator, somebody.id, wanted("sa"));
    const [asked] = await listRoles(world.ctx, somebody.id);
    expect(await endRole(administrator, somebody.id, asked?.id ?? "", REASON)).toMatchObject({ ok: true });
    expect(await world.db.select().from(officerRequest)).toMatchObject([{ state: "withdrawn" }]);
  });

  test("with the registration that lapses: should it be reopened, nothing is held", async () => {
    const { world, administrator, wanted } = await agency();
    const newcomer = await world.account({ status: "registered", selfRegistered: true, staffConfirmed: true });
    await grantRole(administrator, newcomer.id, wanted("helpdesk"));
    await grantRole(administrator, newcomer.id, wanted("sa"));
    world.moveClock(limits.registrationLapsesAfter);
    expect(await lapseRegistrations(world.asSystem())).toBe(1);
    expect(await listRoles(world.ctx, newcomer.id)).toMatchObject([{ state: "ended" }, { state: "ended" }]);
    expect(await world.events("officer_request.withdrawn")).toHaveLength(1);
  });

  test("on its last day, after which it may be granted anew", async () => {
    const { world, inHours, administrator, somebody, wanted } = await agency();
    await grantRole(administrator, somebody.id, wanted("helpdesk", { until: inHours(1) }));
    world.moveClock(hours(1));
    expect(await rolesOf(world, somebody)).toEqual([]);
    expect(await listRoles(world.ctx, somebody.id)).toMatchObject([{ state: "ended" }]);
    const again = await world.as({ id: administrator.actor.accountId }, ["password", "totp"]);
    expect(await grantRole(again, somebody.id, wanted("helpdesk"))).toMatchObject({ ok: true });
  });
});

test("who holds what is listed in the offices somebody sees, and no others", async () => {
  const { world, administrator } = await agency();
  const elsewhere = await world.anotherOffice();
  const { account: there } = await world.officer("sa", { officeId: elsewhere.id });
  const { account: here, ctx: sa } = await world.officer("sa");
  const seen = async (ctx: typeof administrator, role: Role | null = null) => {
    const officer = { ...ctx.actor, grants: await grantsOf(world.db, world.ctx, ctx.actor.accountId) };
    return (await listHolders(world.ctx, officer, role)).map(({ accountId }) => accountId);
  };
  expect((await seen(administrator, "sa")).toSorted()).toEqual([there.id, here.id].toSorted());
  expect(await seen(sa, "sa")).toEqual([here.id]);
  await world.db.update(accounts).set({ fullName: "A" }).where(eq(accounts.id, here.id));
  expect((await seen(administrator))[0]).toBe(here.id);
});
