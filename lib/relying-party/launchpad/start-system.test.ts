import { beforeEach, describe, expect, test } from "vitest";
import { relyingParty } from "#db/schema/relying-party.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { startSystem } from "./start-system.ts";

const startUri = "https://cuti.contoh.example.gov.my/mula?bahasa=ms";
const initiateLoginUri = "https://cuti.contoh.example.gov.my/login?portal=kunci&iss=https%3A%2F%2Flain.example";
let world: World;
let asAda: SignedIn;

beforeEach(async () => {
  world = await newWorld();
  asAda = await world.as(await world.account({ staffConfirmed: true }));
});

describe("a system is opened", () => {
  test("where its sign-in begins, told who signs people in and where they want to go", async () => {
    const { id } = await addRelyingParty(world.ctx, { openToAll: true, initiateLoginUri, startUri });
    const started = await startSystem(asAda, id);
    if (!started.ok) throw new Error(started.error);
    expect(started.value.href.split("?")[0]).toBe("https://cuti.contoh.example.gov.my/login");
    expect([...started.value.searchParams]).toEqual([
      ["portal", "kunci"],
      ["iss", "https://kunci.contoh.example.gov.my/oidc"],
      ["target_link_uri", startUri],
    ]);
  });

  test("at its first page where its sign-in begins nowhere else", async () => {
    const { id } = await addRelyingParty(world.ctx, { openToAll: true, startUri });
    expect(await startSystem(asAda, id)).toEqual({ ok: true, value: new URL(startUri) });
  });
});

describe("nobody is led", () => {
  const refused = (error: string) => ({ ok: false, error });

  test("to a system that has no address", async () => {
    const { id } = await addRelyingParty(world.ctx, { openToAll: true });
    expect(await startSystem(asAda, id)).toEqual(refused("no_address"));
  });

  test("to one that they may not open, that is disabled, or that there is not", async () => {
    const closed = await addRelyingParty(world.ctx, { startUri, roles: ["penyedia"] });
    expect(await startSystem(asAda, closed.id)).toEqual(refused("not_yours"));
    const open = await addRelyingParty(world.ctx, { startUri, openToAll: true });
    expect(await startSystem(world.ctx, open.id), "nobody is signed in").toEqual(refused("not_yours"));
    const waiting = await world.as(await world.account());
    expect(await startSystem(waiting, open.id), "not confirmed").toEqual(refused("not_yours"));
    await world.db.update(relyingParty).set({ disabledAt: world.now() });
    expect(await startSystem(asAda, open.id), "disabled").toEqual(refused("not_yours"));
    for (const id of ["", "x", "00000000-0000-7000-8000-000000000000"])
      expect(await startSystem(asAda, id)).toEqual(refused("not_yours"));
  });
});
