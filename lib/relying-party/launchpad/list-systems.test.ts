import { eq } from "drizzle-orm";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { relyingParty, relyingPartyRole, relyingPartyRoleGrant } from "#db/schema/relying-party.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { listSystems } from "./list-systems.ts";

let world: World;
let ada: WorldAccount;

beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ staffConfirmed: true });
});

const names = async (whose = ada) => (await listSystems(world.ctx, whose.id)).map(({ name }) => name).toSorted();

test("a system is there for whoever holds a role of it, and one that is open to all for everybody", async () => {
  const [preparer] = (await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["penyedia"] })).roles;
  await addRelyingParty(world.ctx, { name: "Cuti", openToAll: true });
  await addRelyingParty(world.ctx, { name: "Aset", roles: ["penerima"] });
  if (preparer) await addRelyingPartyRole(world.ctx, ada, preparer);
  expect(await names()).toEqual(["Cuti", "Perakaunan"]);
  expect(await names(await world.account({ staffConfirmed: true }))).toEqual(["Cuti"]);
});

test("none is there for whom their office has not confirmed, nor while an account is suspended", async () => {
  await addRelyingParty(world.ctx, { openToAll: true });
  expect(await names(await world.account())).toEqual([]);
  expect(await names(await world.account({ staffConfirmed: true, status: "suspended" }))).toEqual([]);
});

test("one that is disabled is there for nobody", async () => {
  const { id } = await addRelyingParty(world.ctx, { openToAll: true });
  await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, id));
  expect(await names()).toEqual([]);
});

test("a role gives it from its first moment until its last, unless it is ended or retired before", async () => {
  const { roles } = await addRelyingParty(world.ctx, { name: "Perakaunan", roles: ["penyedia"] });
  const [role] = roles;
  if (!role) throw new Error("No role");
  const [fromAt, untilAt] = [new Date(world.now().getTime() + days(1)), new Date(world.now().getTime() + days(3))];
  await addRelyingPartyRole(world.ctx, ada, role, { fromAt, untilAt });
  expect(await names(), "before").toEqual([]);
  world.moveClock(days(1));
  expect(await names(), "from its first moment").toEqual(["Perakaunan"]);
  await world.db.update(relyingPartyRoleGrant).set({ endedAt: world.now() });
  expect(await names(), "ended").toEqual([]);
  await world.db.update(relyingPartyRoleGrant).set({ endedAt: null });
  await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
  expect(await names(), "retired").toEqual([]);
  await world.db.update(relyingPartyRole).set({ retiredAt: null });
  world.moveClock(days(2));
  expect(await names(), "its end").toEqual([]);
});

test("it says which roles one holds in it, those in force alone, in both languages", async () => {
  const { roles } = await addRelyingParty(world.ctx, { roles: ["penyedia", "pelulus", "juruaudit"] });
  const [preparer, approver] = roles;
  if (!preparer || !approver) throw new Error("No roles");
  await world.db
    .update(relyingPartyRole)
    .set({ nameMs: "Penyedia dokumen", nameEn: "Preparer" })
    .where(eq(relyingPartyRole.id, preparer.id));
  await addRelyingPartyRole(world.ctx, ada, preparer);
  await addRelyingPartyRole(world.ctx, ada, approver, { fromAt: new Date(world.now().getTime() + days(1)) });
  expect(await listSystems(world.ctx, ada.id)).toMatchObject([
    { roles: [{ nameMs: "Penyedia dokumen", nameEn: "Preparer" }] },
  ]);
});

test("it says when it was last used, by its owner alone, and whether it can be opened from here", async () => {
  const plain = { startUri: null, initiateLoginUri: null };
  const used = await addRelyingParty(world.ctx, { name: "Cuti", openToAll: true, ...plain });
  await addRelyingParty(world.ctx, {
    name: "Aset",
    openToAll: true,
    ...plain,
    startUri: "https://aset.example.gov.my/",
  });
  const initiateLoginUri = "https://latihan.example.gov.my/login";
  await addRelyingParty(world.ctx, { name: "Latihan", openToAll: true, ...plain, initiateLoginUri });
  await addRelyingPartySession(world.ctx, await world.as(ada), used);
  const then = world.now();
  world.moveClock(minutes(5));
  await addRelyingPartySession(world.ctx, await world.as(await world.account()), used);
  const listed = await listSystems(world.ctx, ada.id);
  expect(Object.fromEntries(listed.map(({ name, lastUsedAt, starts }) => [name, { lastUsedAt, starts }]))).toEqual({
    Aset: { lastUsedAt: null, starts: true },
    Cuti: { lastUsedAt: then, starts: false },
    Latihan: { lastUsedAt: null, starts: true },
  });
});

test("a logo is named, with the version it has, and never sent along", async () => {
  const logo = Buffer.from("89504e470d0a1a0a", "hex");
  await addRelyingParty(world.ctx, { openToAll: true, logo, version: 4 });
  const [listed] = await listSystems(world.ctx, ada.id);
  expect(listed).toMatchObject({ hasLogo: true, version: 4 });
  expect(listed).not.toHaveProperty("logo");
});

test("it is one statement, however many systems there are", async () => {
  for (const name of ["A", "B", "C"]) await addRelyingParty(world.ctx, { name, openToAll: true });
  const query = vi.spyOn(world.db.$client, "query");
  onTestFinished(() => query.mockRestore());
  expect(await listSystems(world.ctx, ada.id)).toHaveLength(3);
  expect(query).toHaveBeenCalledOnce();
});

test("somebody without an account has none", async () => {
  await addRelyingParty(world.ctx, { openToAll: true });
  expect(await listSystems(world.ctx, "00000000-0000-7000-8000-000000000000")).toEqual([]);
});
