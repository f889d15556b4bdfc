import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { totpCredential } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import type { Context } from "#lib/kernel/context.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import type { Factor } from "./assurance.ts";
import { levelsNow, mayChange, sensitiveUses, standingOf } from "./sensitive.ts";

let world: World;
let ada: WorldAccount;
beforeEach(async () => {
  world = await newWorld();
  ada = await world.account({ password: true });
});

const ask = (ctx: Context) => world.db.transaction((tx) => mayChange(tx, ctx, "totp.remove"));
const giveApp = (whose = ada) =>
  world.db
    .insert(totpCredential)
    .values({ accountId: whose.id, id: randomUUID(), secretSealed: "x", lastStep: 0, setAt: world.now() });

describe("a sensitive change is allowed", () => {
  test("on a proof of the last ten minutes, and refused on an older one", async () => {
    const owner = await world.as(ada, ["password"]);
    world.moveClock(minutes(10));
    expect(await ask(owner)).toMatchObject({ ok: true, value: { accountId: ada.id, enrolled: { password: true } } });
    world.moveClock(seconds(1));
    expect(await ask(owner)).toEqual({ ok: false, error: "step_up" });
  });

  test("that takes a while, by the age its proofs had when it was begun", async () => {
    const owner = await world.as(ada, ["password"]);
    world.moveClock(minutes(9));
    const begunAt = world.now();
    world.moveClock(minutes(4));
    const askFor = (since?: Date) => world.db.transaction((tx) => mayChange(tx, owner, "passkey.add", since));
    expect(await askFor(begunAt)).toMatchObject({ ok: true });
    expect(await askFor()).toEqual({ ok: false, error: "step_up" });
    await world.db.update(session).set({ endedAt: world.now() });
    expect(await askFor(begunAt)).toEqual({ ok: false, error: "signed_out" });
  });

  test("again once the session has proven itself anew", async () => {
    const owner = await world.as(ada, ["password"]);
    world.moveClock(minutes(20));
    expect(await ask(owner)).toEqual({ ok: false, error: "step_up" });
    const proofs = [{ factor: "password", at: world.now().toISOString() }];
    await world.db.update(session).set({ proofs }).where(eq(session.id, owner.actor.sessionId));
    expect(await ask(owner)).toMatchObject({ ok: true });
  });

  test("without a second factor on any one proof; with one on nothing less than two factors", async () => {
    const proven: readonly (readonly Factor[])[] = [["password"], ["email_code"], ["google"], ["passkey_present"]];
    for (const factors of proven) expect(await ask(await world.as(ada, factors))).toMatchObject({ ok: true });
    await giveApp();
    for (const factors of [...proven, ["password", "email_code", "google"], ["totp"]] as const)
      expect(await ask(await world.as(ada, factors))).toEqual({ ok: false, error: "step_up" });
    for (const factors of [["password", "totp"], ["password", "recovery_code"], ["passkey_verified"]] as const)
      expect(await ask(await world.as(ada, factors))).toMatchObject({ ok: true });
  });

  test("with both factors fresh, not with one of them from this morning", async () => {
    await giveApp();
    const owner = await world.as(ada, ["password", "totp"]);
    world.moveClock(minutes(11));
    const proofs = [
      { factor: "password", at: new Date(world.now().getTime() - hours(3)).toISOString() },
      { factor: "totp", at: world.now().toISOString() },
    ];
    await world.db.update(session).set({ proofs }).where(eq(session.id, owner.actor.sessionId));
    expect(await ask(owner)).toEqual({ ok: false, error: "step_up" });
  });

  test("even where the owner switched two factors at sign-in off: a change still needs them", async () => {
    await giveApp();
    await world.db.update(accounts).set({ asksTwoFactors: false });
    expect(await ask(await world.as(ada, ["password"]))).toEqual({ ok: false, error: "step_up" });
  });
});

describe("nobody changes anything", () => {
  test("who has not signed in, and no job does", async () => {
    expect(await ask(world.ctx)).toEqual({ ok: false, error: "signed_out" });
    expect(await ask(world.asSystem())).toEqual({ ok: false, error: "signed_out" });
  });

  test("whose session has ended", async () => {
    const owner = await world.as(ada);
    await world.db.update(session).set({ endedAt: world.now(), endedWhy: "signed_out" });
    expect(await ask(owner)).toEqual({ ok: false, error: "signed_out" });
  });

  test("whose session is over", async () => {
    const owner = await world.as(ada);
    world.moveClock(hours(12));
    expect(await ask(owner)).toEqual({ ok: false, error: "signed_out" });
  });

  test.each(["suspended", "locked", "closed"] as const)("whose account is %s meanwhile", async (status) => {
    const owner = await world.as(ada);
    await world.db.update(accounts).set({ status });
    expect(await ask(owner)).toEqual({ ok: false, error: "signed_out" });
  });
});

describe("what a session stands for", () => {
  test("are its proofs and what its own account has enrolled", async () => {
    const bob = await world.account();
    await giveApp(bob);
    const standing = await standingOf(world.db, await world.as(ada, ["password"]));
    expect(standing).toMatchObject({
      accountId: ada.id,
      proofs: [{ factor: "password" }],
      enrolled: { password: true, totp: false, passkeys: 0 },
    });
    expect(standing && levelsNow(standing, world.now())).toEqual({ has: "aal1", needs: "aal1" });
    expect(await standingOf(world.db, world.ctx)).toBeNull();
  });
});

test("a change holds the account until it is done, so that two of them come one after the other", async () => {
  const owner = await world.as(ada);
  await world.db.transaction(async (tx) => {
    await mayChange(tx, owner, "passkey.remove");
    const meanwhile = world.db.transaction((other) =>
      other.execute(sql`select id from account where id = ${ada.id} for no key update nowait`),
    );
    await expect(meanwhile).rejects.toMatchObject({ cause: { code: "55P03" } });
  });
});

test("each sensitive use is named once", () => {
  expect(new Set(sensitiveUses).size).toBe(sensitiveUses.length);
});
