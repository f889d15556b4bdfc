import { beforeEach, describe, expect, test } from "vitest";
import { accessRequest, relyingPartyRoleGrant, relyingPartySession } from "#db/schema/relying-party.ts";
import { requestOffice } from "#lib/account/profile/request-correction.ts";
import { requestAccess } from "#lib/relying-party/access/request-access.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { close } from "../actions/close.ts";
import { suspend } from "../actions/suspend.ts";
import { approveTransfer } from "../cases/approve-transfer.ts";

let world: World;
let ada: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ staffConfirmed: true });
  for (const name of ["Perakaunan", "Aset"]) {
    const system = await addRelyingParty(world.ctx, { name, roles: ["pegawai"] });
    await addRelyingPartyRole(world.ctx, ada, system.roles[0] ?? expect.fail());
    await addRelyingPartySession(world.ctx, await world.as(ada), system);
  }
  const wanted = await addRelyingParty(world.ctx, { name: "Cuti", roles: ["pegawai"] });
  await requestAccess(await world.as(ada), { relyingPartyId: wanted.id });
});

const grants = async () =>
  (await world.db.select().from(relyingPartyRoleGrant)).map(({ endedAt }) => (endedAt ? "ended" : "held"));
const openSessions = async () =>
  (await world.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt === null);
const request = async () => (await world.db.select().from(accessRequest)).map(({ state }) => state);
const notices = async () => (await world.mails()).map(({ about }) => about);

describe("roles in systems", () => {
  test("end with a transfer, told in one letter; what is asked for waits for the new office", async () => {
    const there = await world.anotherOffice();
    const asked = await requestOffice(await world.as(ada), { officeId: there.id });
    if (!asked.ok) throw new Error(asked.error);
    const { ctx } = await world.officer("sa", { officeId: there.id });
    expect(await approveTransfer(ctx, asked.value.reference, reason)).toMatchObject({ ok: true });
    expect(await grants()).toEqual(["ended", "ended"]);
    expect(await openSessions()).toEqual([]);
    expect(await request()).toEqual(["open"]);
    expect(await world.events("relying_party_role.ended")).toHaveLength(2);
    expect(await notices()).toContainEqual(
      expect.objectContaining({ change: "system_role_ended", system: "Aset, Perakaunan" }),
    );
  });

  test("stay while an account is suspended, so that it has them again afterwards", async () => {
    const { ctx } = await world.officer("sa");
    expect(await suspend(ctx, { accountId: ada.id, reason })).toMatchObject({ ok: true });
    expect(await grants()).toEqual(["held", "held"]);
    expect(await request()).toEqual(["open"]);
  });

  test("end with the account, and so does what it asked for", async () => {
    const { ctx } = await world.officer("ap");
    expect(await close(ctx, { accountId: ada.id, reason })).toMatchObject({ ok: true });
    expect(await grants()).toEqual(["ended", "ended"]);
    expect(await request()).toEqual(["withdrawn"]);
    expect(await world.events("relying_party_role.ended")).toMatchObject([
      { accountId: ada.id },
      { accountId: ada.id },
    ]);
    expect(await world.events("access_request.withdrawn")).toHaveLength(1);
  });
});
