import { eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { officerAction } from "#db/schema/helpdesk.ts";
import {
  accessRequest,
  relyingParty,
  relyingPartyRole,
  relyingPartyRoleGrant,
  relyingPartySession,
} from "#db/schema/relying-party.ts";
import { after, days, minutes, seconds } from "#lib/kernel/time.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { endSystemRole } from "./end-system-role.ts";
import type { SystemRolesWanted } from "./give-system-roles.ts";
import { grantSystemRoles } from "./grant-system-roles.ts";

let world: World;
let sa: SignedIn;
let ada: WorldAccount;
let system: Awaited<ReturnType<typeof addRelyingParty>>;
let roleIds: string[];

beforeEach(async () => {
  world = await newWorld();
  sa = (await world.officer("sa")).ctx;
  ada = await world.account({ staffConfirmed: true });
  system = await addRelyingParty(world.ctx, {
    name: "Perakaunan",
    roles: ["penyedia", "pelulus"],
    backchannelLogoutUri: "https://akaun.contoh.example.gov.my/logout",
  });
  roleIds = system.roles.map(({ id }) => id);
});

const grant = (by: SignedIn, whose: { id: string }, more: Partial<SystemRolesWanted> = {}) =>
  grantSystemRoles(by, whose.id, {
    relyingPartyId: system.id,
    roleIds: roleIds.slice(0, 1),
    from: world.now(),
    until: null,
    reason,
    ...more,
  });
const nextYear = () => after(world.now(), days(367));
const held = () => world.db.select().from(relyingPartyRoleGrant).where(isNull(relyingPartyRoleGrant.endedAt));
const open = () => world.db.select().from(relyingPartySession).where(isNull(relyingPartySession.endedAt));

describe("a role in a system", () => {
  test("is given by the SA of the office, with a reason, and its person is told of which system", async () => {
    expect(await grant(sa, ada, { roleIds })).toEqual({ ok: true, value: null });
    expect((await held()).map(({ roleId, grantedBy }) => ({ roleId, grantedBy }))).toEqual(
      expect.arrayContaining(roleIds.map((roleId) => ({ roleId, grantedBy: sa.actor.accountId }))),
    );
    const [action] = await world.db.select().from(officerAction);
    expect(action).toMatchObject({ accountId: ada.id, action: "grant_system_role" });
    expect(await world.events("relying_party_role.granted")).toMatchObject(
      roleIds.map(() => ({ accountId: ada.id, data: { system: "Perakaunan", actionId: action?.id } })),
    );
    expect(await world.mails()).toMatchObject([
      { accountId: ada.id, about: { change: "system_role_granted", system: "Perakaunan" } },
    ]);
    const other = await addRelyingParty(world.ctx, { name: "Aset", roles: ["pegawai"] });
    await grant(sa, ada, { relyingPartyId: other.id, roleIds: other.roles.map(({ id }) => id) });
    const subjects = (await drainMail(world.asSystem())).map(({ subject }) => subject);
    expect(subjects.toSorted(), "one of another system a moment later is told as well").toEqual([
      expect.stringContaining("(Aset)"),
      expect.stringContaining("(Perakaunan)"),
    ]);
  });

  test("is given to peers and below by SA, AP and administrators; never to oneself, to those above, or by others", async () => {
    const [ap, administrator] = [await world.officer("ap"), await world.officer("administrator")];
    await world.db.update(accounts).set({ staffConfirmedAt: world.now() });
    const peer = (await world.officer("sa", { staffConfirmed: true })).account;
    for (const by of [sa, ap.ctx, administrator.ctx]) {
      const newcomer = await world.account({ staffConfirmed: true });
      expect(await grant(by, newcomer)).toMatchObject({ ok: true });
      expect(await grant(by, { id: by.actor.accountId })).toEqual({ ok: false, error: "outranked" });
    }
    expect(await grant(sa, peer)).toMatchObject({ ok: true });
    expect(await grant(sa, ap.account)).toEqual({ ok: false, error: "outranked" });
    expect(await grant(ap.ctx, administrator.account)).toEqual({ ok: false, error: "outranked" });
    for (const role of ["helpdesk", "auditor"] as const)
      expect(await grant((await world.officer(role)).ctx, ada)).toEqual({ ok: false, error: "not_found" });
    expect(await grant(await world.as(peer, ["password"]), ada)).toEqual({ ok: false, error: "step_up" });
  });

  test("is not given in another office, which does not exist for whoever tries, and that is recorded", async () => {
    const there = await world.account({ officeId: (await world.anotherOffice()).id, staffConfirmed: true });
    expect(await grant(sa, there)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toMatchObject([
      { accountId: there.id, data: { right: "system.assign" } },
    ]);
    expect(await held()).toEqual([]);
  });

  test("is not given to who is unconfirmed, suspended or closed", async () => {
    const whose = [
      await world.account(),
      await world.account({ status: "suspended", staffConfirmed: true }),
      await world.account({ status: "closed", staffConfirmed: true }),
    ];
    for (const one of whose) expect(await grant(sa, one)).toEqual({ ok: false, error: "not_confirmed" });
  });

  test("is one that the system declares: not another system’s, not a retired one, none of a disabled system", async () => {
    const other = await addRelyingParty(world.ctx, { roles: ["lain"] });
    const missing = { ok: false, error: "system_roles_missing" };
    expect(await grant(sa, ada, { roleIds: [] })).toEqual(missing);
    expect(await grant(sa, ada, { roleIds: [...roleIds, other.roles[0]?.id ?? ""] })).toEqual(missing);
    expect(await grant(sa, ada, { roleIds: ["penyedia"] })).toEqual(missing);
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() }).where(eq(relyingPartyRole.key, "pelulus"));
    expect(await grant(sa, ada, { roleIds })).toEqual(missing);
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect(await grant(sa, ada)).toEqual(missing);
    expect(await held()).toEqual([]);
  });

  test("is held once, whoever gives it at the same moment; again only once it has run out", async () => {
    const { ctx: ap } = await world.officer("ap");
    const until = after(world.now(), minutes(5));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => grant(n % 2 ? sa : ap, ada, { until, roleIds })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.error === "system_role_held")).toHaveLength(19);
    expect(await held()).toHaveLength(2);
    world.moveClock(minutes(5));
    expect(await grant(sa, ada)).toMatchObject({ ok: true });
  });

  test("needs a fresh proof, and days that run forwards and begin within a year", async () => {
    expect(await grant(sa, ada, { until: world.now() })).toEqual({ ok: false, error: "period_backwards" });
    expect(await grant(sa, ada, { from: nextYear() })).toEqual({ ok: false, error: "period_far" });
    world.moveClock(minutes(10));
    world.moveClock(seconds(1));
    expect(await grant(sa, ada)).toEqual({ ok: false, error: "step_up" });
    expect(await held()).toEqual([]);
  });

  test("grants what its person had asked for in that system", async () => {
    const owner = await world.as(ada);
    await requestAccess(owner, { relyingPartyId: system.id });
    await grant(sa, ada);
    expect(await world.db.select().from(accessRequest)).toMatchObject([
      { state: "granted", decidedBy: sa.actor.accountId, decidedAt: world.now() },
    ]);
    expect(await world.events("access_request.granted")).toHaveLength(1);
  });
});

describe("a role that is taken away", () => {
  const give = async (n = 0) => (await addRelyingPartyRole(world.ctx, ada, system.roles[n] ?? expect.fail())).id;

  test("ends, and where it was the last one what is open there ends with it and is owed to the system", async () => {
    const owner = await world.as(ada);
    const [first, second] = [await give(0), await give(1)];
    const elsewhere = await addRelyingParty(world.ctx, { openToAll: true });
    await addRelyingPartySession(world.ctx, owner, system);
    await addRelyingPartySession(world.ctx, owner, elsewhere);
    expect(await endSystemRole(sa, ada.id, first, reason)).toEqual({ ok: true, value: null });
    expect(await open()).toHaveLength(2);
    expect(await endSystemRole(sa, ada.id, second, reason)).toEqual({ ok: true, value: null });
    expect(await open()).toMatchObject([{ relyingPartyId: elsewhere.id }]);
    expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "no_access" } }]);
    const due = await world.db
      .select()
      .from(relyingPartySession)
      .where(eq(relyingPartySession.relyingPartyId, system.id));
    expect(due).toMatchObject([{ endedWhy: "no_access", logoutDueAt: world.now() }]);
    expect(await world.db.select().from(relyingPartyRoleGrant)).toMatchObject([
      { endedBy: sa.actor.accountId },
      { endedBy: sa.actor.accountId },
    ]);
    expect((await world.mails()).map(({ about }) => about)).toMatchObject([
      { change: "system_role_ended", system: "Perakaunan" },
    ]);
  });

  test("leaves somebody signed in where everybody may be", async () => {
    await world.db.update(relyingParty).set({ openToAll: true });
    await addRelyingPartySession(world.ctx, await world.as(ada), system);
    await endSystemRole(sa, ada.id, await give(), reason);
    expect(await open()).toHaveLength(1);
  });

  test("is theirs, held, within reach, and taken on a fresh proof", async () => {
    const grantId = await give();
    const other = await world.account({ staffConfirmed: true });
    for (const id of ["x", other.id]) expect(await endSystemRole(sa, ada.id, id, reason)).toMatchObject({ ok: false });
    expect(await endSystemRole(sa, other.id, grantId, reason)).toEqual({ ok: false, error: "not_held" });
    const { ctx: helpdesk } = await world.officer("helpdesk");
    expect(await endSystemRole(helpdesk, ada.id, grantId, reason)).toEqual({ ok: false, error: "not_found" });
    const { ctx: there } = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
    expect(await endSystemRole(there, ada.id, grantId, reason)).toEqual({ ok: false, error: "not_found" });
    world.moveClock(minutes(11));
    expect(await endSystemRole(sa, ada.id, grantId, reason)).toEqual({ ok: false, error: "step_up" });
    expect(await held()).toHaveLength(1);
  });

  test("is taken once, whoever takes it at the same moment", async () => {
    const grantId = await give();
    const { ctx: ap } = await world.officer("ap");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => endSystemRole(n % 2 ? sa : ap, ada.id, grantId, reason)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok && one.error === "not_held")).toHaveLength(19);
    expect(await world.events("relying_party_role.ended")).toHaveLength(1);
  });
});
