import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { consent, relyingParty, relyingPartySession } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { endConnection } from "./end-connection.ts";
import { listConnectedSystems } from "./list-connected-systems.ts";

let world: World;
let ada: WorldAccount;
let asAda: SignedIn;
let cuti: Awaited<ReturnType<typeof addRelyingParty>>;

beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ staffConfirmed: true });
  asAda = await world.as(ada);
  cuti = await addRelyingParty(world.ctx, { name: "Cuti", openToAll: true });
});

const agree = (to: { id: string }, whose: { id: string } = ada) =>
  world.db.insert(consent).values({
    id: randomUUID(),
    accountId: whose.id,
    relyingPartyId: to.id,
    scopes: ["openid", "email"],
    givenAt: world.now(),
  });

describe("a person’s systems", () => {
  test("are those they have signed in to, hold a role of or agreed to something for; no others", async () => {
    const role = await addRelyingParty(world.ctx, { name: "Aset", roles: ["penerima"] });
    const agreed = await addRelyingParty(world.ctx, { name: "Zakat", ownedByAgency: false });
    await addRelyingParty(world.ctx, { name: "Latihan", openToAll: true });
    const [receiver] = role.roles;
    if (receiver) await addRelyingPartyRole(world.ctx, ada, receiver);
    await agree(agreed);
    await addRelyingPartySession(world.ctx, asAda, cuti);
    expect(await listConnectedSystems(asAda)).toMatchObject([
      { name: "Cuti", signedIn: [{ here: true }], mayOpen: true, consent: null, lastUsedAt: world.now() },
      { name: "Aset", signedIn: [], roles: [{ nameMs: "penerima", untilAt: null }], scopes: [], lastUsedAt: null },
      {
        name: "Zakat",
        ownedByAgency: false,
        mayOpen: false,
        consent: { scopes: ["openid", "email"], givenAt: world.now() },
      },
    ]);
    expect(await listConnectedSystems(await world.as(await world.account()))).toEqual([]);
    expect(await listConnectedSystems(world.ctx)).toEqual([]);
  });

  test("say from where one is signed in and what they are told; of an ended one what it was told last", async () => {
    const { id } = await addRelyingPartySession(world.ctx, asAda, cuti);
    world.moveClock(minutes(1));
    const elsewhere = await world.as(ada);
    await addRelyingPartySession(world.ctx, elsewhere, cuti);
    const [both] = await listConnectedSystems(asAda);
    expect(both?.signedIn.map(({ here, device }) => ({ here, device }))).toEqual([
      { here: false, device: "Chrome pada Windows" },
      { here: true, device: "Chrome pada Windows" },
    ]);
    expect(both?.scopes).toEqual(["email", "openid", "profile"]);
    await world.db.update(relyingPartySession).set({ endedAt: world.now() });
    await world.db.delete(session);
    expect(await listConnectedSystems(asAda)).toMatchObject([{ id: cuti.id, signedIn: [], scopes: both?.scopes }]);
    expect(id).toBeTruthy();
  });

  test("name a role that begins later, and none that has run out", async () => {
    const { roles } = await addRelyingParty(world.ctx, { name: "Aset", roles: ["a", "b"] });
    const [a, b] = roles;
    if (!a || !b) throw new Error("No roles");
    const at = (span: number) => new Date(world.now().getTime() + span);
    await addRelyingPartyRole(world.ctx, ada, a, { fromAt: at(days(1)), untilAt: at(days(2)) });
    await addRelyingPartyRole(world.ctx, ada, b, { untilAt: at(minutes(1)) });
    world.moveClock(minutes(1));
    expect(await listConnectedSystems(asAda)).toMatchObject([
      { name: "Aset", mayOpen: false, roles: [{ nameMs: "a" }] },
    ]);
  });
});

describe("ending what a system was given", () => {
  test("ends every sign-in to it and what was agreed to; other systems, other people and roles stay", async () => {
    const aset = await addRelyingParty(world.ctx, { name: "Aset", roles: ["penerima"] });
    const ben = await world.account({ staffConfirmed: true });
    for (const by of [asAda, await world.as(ada), await world.as(ben)])
      await addRelyingPartySession(world.ctx, by, cuti);
    await addRelyingPartySession(world.ctx, asAda, aset);
    await agree(cuti);
    await agree(cuti, ben);
    expect(await endConnection(asAda, cuti.id)).toEqual({ ok: true, value: { system: "Cuti" } });

    const rows = await world.db.select().from(relyingPartySession);
    const ended = rows.filter(({ endedAt }) => endedAt !== null);
    expect(ended).toMatchObject(
      Array(2).fill({ accountId: ada.id, relyingPartyId: cuti.id, endedWhy: "consent_withdrawn" }),
    );
    expect(rows.filter(({ endedAt }) => endedAt === null)).toHaveLength(2);
    const consents = await world.db.select().from(consent);
    expect(consents.filter(({ withdrawnAt }) => withdrawnAt !== null)).toMatchObject([{ accountId: ada.id }]);
    expect((await world.events()).map(({ type }) => type)).toEqual([
      "consent.withdrawn",
      "relying_party.signed_out",
      "relying_party.signed_out",
    ]);
    expect((await world.events("consent.withdrawn"))[0]).toMatchObject({ accountId: ada.id, data: { system: "Cuti" } });
  });

  test("owes the news to a system that has an address for it", async () => {
    await world.db.update(relyingParty).set({ backchannelLogoutUri: "https://cuti.contoh.example.gov.my/keluar" });
    await addRelyingPartySession(world.ctx, asAda, cuti);
    await endConnection(asAda, cuti.id);
    expect(await world.db.select().from(relyingPartySession)).toMatchObject([
      { endedWhy: "signed_out_of_system", logoutDueAt: world.now() },
    ]);
  });

  test("twenty times at once ends it once", async () => {
    await addRelyingPartySession(world.ctx, asAda, cuti);
    await agree(cuti);
    const answers = await Promise.all(Array.from({ length: 20 }, () => endConnection(asAda, cuti.id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events()).toHaveLength(2);
  });

  test("is refused where there is nothing to end, or one’s own session has ended", async () => {
    const refused = { ok: false, error: "not_connected" };
    for (const id of [cuti.id, "x", randomUUID()]) expect(await endConnection(asAda, id)).toEqual(refused);
    await addRelyingPartySession(world.ctx, asAda, cuti);
    expect(await endConnection(await world.as(await world.account()), cuti.id), "somebody else").toEqual(refused);
    expect(await endConnection(world.ctx, cuti.id), "nobody").toEqual(refused);
    await world.db.update(session).set({ endedAt: world.now() });
    expect(await endConnection(asAda, cuti.id), "signed out").toEqual(refused);
    expect(await world.db.$count(relyingPartySession)).toBe(1);
  });
});
