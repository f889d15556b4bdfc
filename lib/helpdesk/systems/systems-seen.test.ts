import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import type { Role } from "#db/schema/roles.ts";
import { after, days, hours } from "#lib/kernel/time.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { readAccount } from "../account/read-account.ts";
import { countWork } from "../cases/count-work.ts";
import { refuseAccess } from "./decide-access.ts";
import { endSystemRole } from "./end-system-role.ts";
import { findAccessRequest } from "./find-access-request.ts";
import { listAccessWork } from "./list-access-work.ts";
import { listAssignable } from "./list-assignable.ts";
import { listSystemRoles } from "./list-system-roles.ts";

let world: World;
let ada: WorldAccount;
let system: Awaited<ReturnType<typeof addRelyingParty>>;
beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ staffConfirmed: true });
  system = await addRelyingParty(world.ctx, { name: "Aset", roles: ["pegawai", "penyelia"] });
});

async function officer(role: Role, officeId: string = world.office.id): Promise<{ ctx: SignedIn; rights: Officer }> {
  const { ctx } = await world.officer(role, { officeId, staffConfirmed: true });
  return { ctx, rights: (await officerOf(ctx.db, ctx)) ?? expect.fail("No officer") };
}
async function ask(by: SignedIn): Promise<string> {
  const asked = await requestAccess(by, { relyingPartyId: system.id, note: "Saya pegawai aset yang baharu." });
  if (!asked.ok) throw new Error(asked.error);
  return asked.value.requestId;
}
const inDays = (n: number) => after(world.now(), days(n));
const roleOf = (n: number) => system.roles[n] ?? expect.fail("No role");

describe("requests for access", () => {
  test("are listed and counted for those who may decide in that office, the oldest first", async () => {
    const first = await ask(await world.as(ada));
    world.moveClock(hours(1));
    const { ctx: ap } = await officer("ap");
    const ofAbove = await ask(ap);
    const sa = await officer("sa");
    expect(await listAccessWork(sa.ctx, sa.rights)).toMatchObject([
      { id: first, fullName: ada.fullName, system: "Aset", decides: true },
      { id: ofAbove, decides: false },
    ]);
    expect(await countWork(sa.ctx, sa.rights)).toMatchObject({ access: 2 });
    const elsewhere = await officer("ap", (await world.anotherOffice()).id);
    for (const other of [elsewhere, await officer("helpdesk"), await officer("auditor")]) {
      expect(await listAccessWork(other.ctx, other.rights)).toEqual([]);
      expect(await countWork(other.ctx, other.rights)).toMatchObject({ access: 0 });
    }
  });

  test("leave the list once they are decided, and say then who decided what", async () => {
    const id = await ask(await world.as(ada));
    const sa = await officer("sa");
    expect(await findAccessRequest(sa.ctx, sa.rights, id)).toMatchObject({
      state: "open",
      note: "Saya pegawai aset yang baharu.",
      system: { id: system.id, name: "Aset", inUse: true },
      person: { id: ada.id, identity: expect.stringContaining("••"), confirmed: true },
      may: true,
      own: false,
    });
    await refuseAccess(sa.ctx, id, reason);
    expect(await listAccessWork(sa.ctx, sa.rights)).toEqual([]);
    const decided = await findAccessRequest(sa.ctx, sa.rights, id);
    expect(decided).toMatchObject({ state: "refused", refusal: reason, may: false, decidedBy: expect.any(String) });
  });

  test("do not exist for another office, which is recorded; one’s own is seen and left to others", async () => {
    const id = await ask(await world.as(ada));
    const there = await officer("ap", (await world.anotherOffice()).id);
    for (const asked of [id, "x", ada.id]) expect(await findAccessRequest(there.ctx, there.rights, asked)).toBeNull();
    expect((await world.events("access.refused")).map(({ accountId }) => accountId)).toEqual([ada.id, null, null]);
    const sa = await officer("sa");
    expect(await findAccessRequest(sa.ctx, sa.rights, await ask(sa.ctx))).toMatchObject({ may: false, own: true });
  });
});

describe("roles in systems", () => {
  test("say of each whether it holds, is to come, gives nothing, or has ended", async () => {
    const idle = await addRelyingParty(world.ctx, { name: "Lama", roles: ["pegawai"] });
    const grantId = (await addRelyingPartyRole(world.ctx, ada, roleOf(0))).id;
    await addRelyingPartyRole(world.ctx, ada, roleOf(1), { fromAt: inDays(1) });
    await addRelyingPartyRole(world.ctx, ada, idle.roles[0] ?? expect.fail());
    await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, idle.id));
    const states = async () => (await listSystemRoles(world.ctx, ada.id)).map(({ nameMs, state }) => [nameMs, state]);
    expect((await states()).toSorted()).toEqual([
      ["pegawai", "held"],
      ["pegawai", "idle"],
      ["penyelia", "coming"],
    ]);
    const sa = await officer("sa");
    await endSystemRole(sa.ctx, ada.id, grantId, reason);
    const shown = await listSystemRoles(world.ctx, ada.id);
    expect(shown.at(-1)).toMatchObject({ state: "ended", endedAt: world.now(), endedBy: expect.any(String) });
    world.moveClock(days(1));
    expect((await states()).filter(([, state]) => state === "held")).toEqual([["penyelia", "held"]]);
  });

  test("can be given in systems in use alone, and as roles that are not retired", async () => {
    await addRelyingParty(world.ctx, { name: "Lama", roles: ["pegawai"], disabledAt: world.now() });
    await addRelyingParty(world.ctx, { name: "Tiada" });
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() }).where(eq(relyingPartyRole.key, "penyelia"));
    expect(await listAssignable(world.ctx)).toMatchObject([{ id: system.id, roles: [{ id: roleOf(0).id }] }]);
  });

  test("stand on the account’s page, with what was asked for", async () => {
    await addRelyingPartyRole(world.ctx, ada, roleOf(0), { untilAt: inDays(2) });
    const other = await addRelyingParty(world.ctx, { name: "Cuti", roles: ["pegawai"] });
    await requestAccess(await world.as(ada), { relyingPartyId: other.id });
    const sa = await officer("sa");
    expect(await readAccount(sa.ctx, sa.rights, ada.id)).toMatchObject({
      value: {
        facts: {
          systemRoles: [{ system: "Aset", nameMs: "pegawai", fromAt: world.now() }],
          accessRequests: [{ system: "Cuti", requestedAt: world.now() }],
        },
      },
    });
    world.moveClock(days(2));
    expect(await readAccount(sa.ctx, sa.rights, ada.id)).toMatchObject({ value: { facts: { systemRoles: [] } } });
  });
});
