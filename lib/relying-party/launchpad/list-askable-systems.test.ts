import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { relyingParty, relyingPartyRole } from "#db/schema/relying-party.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole } from "#lib/testing/relying-party.ts";
import { listAskableSystems } from "./list-askable-systems.ts";

test("one may ask for what one cannot open and has a role to be given; nothing before one’s office has confirmed one", async () => {
  const world = await newWorld();
  const ada = await world.account({ staffConfirmed: true });
  const held = await addRelyingParty(world.ctx, { name: "Dipegang", roles: ["pegawai"] });
  const [role] = held.roles;
  if (role) await addRelyingPartyRole(world.ctx, ada, role);
  await addRelyingParty(world.ctx, { name: "Untuk semua", openToAll: true, roles: ["pegawai"] });
  await addRelyingParty(world.ctx, { name: "Tanpa peranan" });
  await addRelyingParty(world.ctx, { name: "Ditutup", roles: ["pegawai"], disabledAt: world.now() });
  const retired = await addRelyingParty(world.ctx, { name: "Peranan tamat", roles: ["pegawai"] });
  await world.db
    .update(relyingPartyRole)
    .set({ retiredAt: world.now() })
    .where(eq(relyingPartyRole.relyingPartyId, retired.id));
  await addRelyingParty(world.ctx, { name: "perolehan", roles: ["pegawai"] });
  await addRelyingParty(world.ctx, { name: "Aset", roles: ["pegawai"] });

  const names = async (whose: { id: string }) =>
    (await listAskableSystems(world.ctx, whose.id)).map(({ name }) => name);
  expect(await names(ada)).toEqual(["Aset", "perolehan"]);
  expect(await names(await world.account())).toEqual([]);
  await world.db.update(relyingParty).set({ disabledAt: world.now() });
  expect(await names(ada)).toEqual([]);
});
