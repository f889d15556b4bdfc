import { beforeEach, describe, expect, test } from "vitest";
import { officerAction } from "#db/schema/helpdesk.ts";
import { accessRequest, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { listAccessRequests } from "#lib/relying-party/access/list-access-requests.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { withdrawAccessRequest } from "#lib/relying-party/access/withdraw-access-request.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { approveAccess, refuseAccess } from "./decide-access.ts";

let world: World;
let sa: SignedIn;
let ada: WorldAccount;
let owner: SignedIn;
let system: Awaited<ReturnType<typeof addRelyingParty>>;

beforeEach(async () => {
  world = await newWorld();
  sa = (await world.officer("sa", { staffConfirmed: true })).ctx;
  ada = await world.account({ staffConfirmed: true });
  owner = await world.as(ada);
  system = await addRelyingParty(world.ctx, { name: "Aset", roles: ["pegawai", "penyelia"] });
});

async function ask(by: SignedIn = owner): Promise<string> {
  const asked = await requestAccess(by, { relyingPartyId: system.id, note: "Saya pegawai aset yang baharu." });
  if (!asked.ok) throw new Error(asked.error);
  return asked.value.requestId;
}
const approve = (by: SignedIn, id: string, roleIds = [system.roles[0]?.id ?? ""], until: Date | null = null) =>
  approveAccess(by, id, { roleIds, from: world.now(), until, reason });
const requests = () => world.db.select().from(accessRequest);
const roles = () => world.db.select().from(relyingPartyRoleGrant);

test("a request is granted as the role that the officer chose; its person is told", async () => {
  expect(await approve(sa, await ask())).toEqual({ ok: true, value: null });
  expect(await roles()).toMatchObject([{ accountId: ada.id, roleId: system.roles[0]?.id }]);
  expect(await requests()).toMatchObject([{ state: "granted", decidedBy: sa.actor.accountId }]);
  expect(await world.db.select().from(officerAction)).toMatchObject([{ action: "decide_access", accountId: ada.id }]);
  expect((await world.mails()).map(({ about }) => about)).toMatchObject([{ change: "system_role_granted" }]);
});

test("a request is refused for a reason that its person reads, and that lies sealed; they may ask again", async () => {
  expect(await refuseAccess(sa, await ask(), reason)).toEqual({ ok: true, value: null });
  expect(await roles()).toEqual([]);
  expect(JSON.stringify(await requests())).not.toContain(reason);
  expect(await listAccessRequests(world.ctx, ada.id)).toMatchObject([{ state: "refused", refusal: reason }]);
  expect(await world.events("access_request.declined")).toMatchObject([{ accountId: ada.id, outcome: "success" }]);
  expect((await world.mails()).map(({ about }) => about)).toMatchObject([{ change: "access_refused", system: "Aset" }]);
  await ask();
});

test("of fifty officers who decide on one at once, one does", async () => {
  const id = await ask();
  const officers = await Promise.all(Array.from({ length: 50 }, () => world.officer("sa")));
  const answers = await Promise.all(
    officers.map(({ ctx }, n) => (n % 2 ? approve(ctx, id) : refuseAccess(ctx, id, reason))),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((one) => !one.ok && one.error === "access_decided")).toHaveLength(49);
  const decisions = [
    ...(await world.events("access_request.granted")),
    ...(await world.events("access_request.declined")),
  ];
  expect(decisions).toHaveLength(1);
});

describe("a request is not decided", () => {
  test("by its own person, from another office, by who stands below them, or without the right", async () => {
    const id = await ask();
    const elsewhere = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
    for (const by of [elsewhere.ctx, (await world.officer("helpdesk")).ctx, owner])
      expect(await approve(by, id)).toEqual({ ok: false, error: "not_found" });
    const { ctx: ap } = await world.officer("ap", { staffConfirmed: true });
    for (const [asker, by] of [
      [sa, sa],
      [ap, sa],
    ] as const) {
      const own = await ask(asker);
      expect(await approve(by, own)).toEqual({ ok: false, error: "outranked" });
      expect(await refuseAccess(by, own, reason)).toEqual({ ok: false, error: "outranked" });
    }
    expect(await refuseAccess(sa, "x", reason)).toEqual({ ok: false, error: "not_found" });
    expect((await requests()).map(({ state }) => state)).toEqual(["open", "open", "open"]);
  });

  test("on an old proof, on days that are over, without a role, or with one of another system", async () => {
    const id = await ask();
    const other = await addRelyingParty(world.ctx, { roles: ["lain"] });
    for (const wrong of [[], [other.roles[0]?.id ?? ""]])
      expect(await approve(sa, id, wrong)).toEqual({ ok: false, error: "system_roles_missing" });
    expect(await approve(sa, id, undefined, world.now())).toEqual({ ok: false, error: "period_backwards" });
    world.moveClock(minutes(11));
    expect(await approve(sa, id)).toEqual({ ok: false, error: "step_up" });
    expect(await refuseAccess(sa, id, reason)).toEqual({ ok: false, error: "step_up" });
    expect(await requests()).toMatchObject([{ state: "open" }]);
    expect(await world.db.select().from(officerAction)).toEqual([]);
  });

  test("once it was taken back", async () => {
    const id = await ask();
    await withdrawAccessRequest(owner, id);
    expect(await approve(sa, id)).toEqual({ ok: false, error: "access_decided" });
    expect(await refuseAccess(sa, id, reason)).toEqual({ ok: false, error: "access_decided" });
  });
});

test("a role may be granted until a day", async () => {
  const until = after(world.now(), minutes(90));
  await approve(sa, await ask(), undefined, until);
  expect(await roles()).toMatchObject([{ untilAt: until }]);
});
