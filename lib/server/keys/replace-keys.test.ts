import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { keyCheck } from "#db/schema/key-check.ts";
import { rateLimit } from "#db/schema/mail.ts";
import { sealMobile, unsealMobile } from "#lib/account/profile/seal-mobile.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { sealIdentity, unsealIdentity } from "#lib/account/seal-identity.ts";
import { blindIndexUnder } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { type Duration, days, minutes, seconds } from "#lib/kernel/time.ts";
import { beginSignIn } from "#lib/sign-in/begin-sign-in.ts";
import { copyOf, holderOf, withKey } from "#lib/testing/key-holders.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { LEFT_WITHIN, replaceKeys, WRITTEN_WITHIN } from "./replace-keys.ts";
import { sealAnew } from "./seal-anew.ts";

vi.setConfig({ testTimeout: 60_000 });

type Holder = Awaited<ReturnType<typeof holderOf>>;

/** Two instances, and a new key of a purpose that both have been given. */
async function twoGiven(world: World, purpose: "sealing" | "lookup" | "link") {
  const two = [await holderOf(world, "one"), await holderOf(world, "other")] as const;
  const more = withKey(world.ctx.keys, purpose, "k2");
  for (const each of two) await each.given(more);
  for (const each of two) await each.beat();
  return two;
}

async function goOn(world: World, span: Duration, [one, other]: readonly [Holder, Holder]) {
  world.moveClock(span);
  for (const each of [one, other]) await each.beat();
  return replaceKeys(one.system, () => true);
}

const spentOf = async ({ db }: World, keyId: string) =>
  (await db.select().from(keyCheck).where(eq(keyCheck.keyId, keyId)))
    .filter(({ spentAt }) => spentAt)
    .map(({ purpose }) => purpose);

describe("the sealing key", () => {
  test("is replaced in the background: nothing is sealed anew until all write with the next, and then the former is spent", async () => {
    const world = await newWorld();
    const people = [await world.account(), await world.account(), await world.account()];
    const [one, other] = [await holderOf(world, "one"), await holderOf(world, "other")];
    const more = withKey(world.ctx.keys, "sealing", "k2");
    await one.given(more);
    expect(await goOn(world, seconds(30), [one, other])).toBeNull();
    await other.given(more);
    await one.beat();
    expect(await replaceKeys(other.system, () => true), "what was begun with the former is being written").toBeNull();
    world.moveClock(WRITTEN_WITHIN);
    for (const each of [one, other]) await each.beat();
    await world.owner.query(`update instance set writes = writes || '{"sealing":"test"}' where id = 'other'`);
    expect(await replaceKeys(one.system, () => true), "somebody says that they write with the former").toBeNull();
    expect(await goOn(world, seconds(5), [one, other])).toEqual({
      resealed: 3,
      indexed: 0,
      spent: ["sealing test"],
    });
    expect(await goOn(world, minutes(1), [one, other])).toBeNull();
    expect(await spentOf(world, "test")).toEqual(["sealing"]);
    const alone = copyOf(one.keys);
    alone.sealing.keys = { k2: alone.sealing.keys.k2 as Buffer };
    for (const person of people)
      expect(unsealIdentity({ keys: alone }, await world.reload(person))).toEqual(person.identity);
  });

  test("is replaced on from where a killed instance left it, and is not called spent before the end", async () => {
    const world = await newWorld();
    for (let i = 0; i < 3; i++) await world.account();
    const two = await twoGiven(world, "sealing");
    world.moveClock(WRITTEN_WITHIN);
    for (const each of two) await each.beat();
    let pieces = 0;
    // Killed after the first table's first piece.
    await replaceKeys(two[0].system, () => pieces++ === 0);
    expect(await spentOf(world, "test")).toEqual([]);
    expect(await goOn(world, minutes(1), two)).toMatchObject({ spent: ["sealing test"] });
  });

  test("leaves alone what somebody writes in the same moment", async () => {
    const world = await newWorld();
    const { id, identity } = await world.account();
    const mobile = (keys: Context["keys"], number: string) =>
      sealMobile({ ...world.ctx, keys }, id, number as MobileNumber);
    await world.db
      .update(account)
      .set({ mobileSealed: mobile(world.ctx.keys, "+60120000000") })
      .where(eq(account.id, id));
    const keys = withKey(world.ctx.keys, "sealing", "k2");
    // All but the one value stands under the new key already: what is waited for is that one.
    const identitySealed = sealIdentity({ ...world.ctx, keys }, id, identity);
    await world.db.update(account).set({ identitySealed }).where(eq(account.id, id));
    await world.owner.query("begin");
    await world.owner.query("update account set mobile_sealed = $1 where id = $2", [mobile(keys, "+60129999999"), id]);
    const sealing = sealAnew({ ...world.ctx, keys }, () => true);
    // It has read what stood there before, and waits for the row.
    await expect
      .poll(
        async () =>
          (
            await world.db.$client.query(
              "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
            )
          ).rowCount,
        { timeout: 15_000 },
      )
      .toBeGreaterThan(0);
    await world.owner.query("commit");
    await sealing;
    expect(unsealMobile({ keys }, await world.reload({ id }))).toBe("+60129999999");
  });
});

describe("the lookup key", () => {
  const registers = (ctx: Context, world: World, person: WorldAccount) =>
    registerAccount(
      ctx,
      {
        identity: person.identity,
        fullName: "Orang Kedua",
        officialEmail: `${Math.random()}@contoh.example.gov.my`,
        officeId: world.office.id,
      },
      true,
    );

  test("is replaced while people sign in on both instances, and at no time does one person get two accounts", async () => {
    const world = await newWorld();
    const person = await world.account({ password: true });
    const one = await holderOf(world, "one");
    const other = await holderOf(world, "other");
    const more = withKey(world.ctx.keys, "lookup", "k2");
    let addresses = 1;
    const both = async (when: string) => {
      for (const { ctx } of [one, other]) {
        const from = { ...ctx, request: { ...ctx.request, ip: `198.51.100.${addresses++}` } };
        expect(await signInWithPassword(from, person, person.password ?? ""), when).toMatchObject({ ok: true });
        await registers(ctx, world, person);
        expect(await world.db.$count(account), when).toBe(1);
      }
    };
    await both("before");
    await one.given(more);
    await both("one holds the next key");
    await other.given(more);
    await both("one of them writes under both");
    await one.beat();
    expect([one.keys.lookup, other.keys.lookup]).toMatchObject([
      { current: "k2", former: "test" },
      { current: "k2", former: "test" },
    ]);
    await both("both do");
    expect(await goOn(world, WRITTEN_WITHIN, [one, other])).toMatchObject({ indexed: 1, spent: [] });
    const under = (id: string) => blindIndexUnder(one.keys, id, person.identity);
    expect(await world.reload(person)).toMatchObject({
      identityIndex: under("k2"),
      identityIndexFormer: under("test"),
    });
    await both("it was given its new place");
    await one.beat();
    await both("one writes under the new one alone");
    expect(
      await goOn(world, minutes(1), [one, other]),
      "requests may wait that were left with the former place",
    ).toBeNull();
    world.moveClock(LEFT_WITHIN);
    for (const each of [one, other]) await each.beat();
    await world.owner.query("update instance set former = 'test' where id = 'other'");
    expect(await replaceKeys(one.system, () => true), "somebody says that they write under both").toBeNull();
    expect(await goOn(world, seconds(5), [one, other])).toMatchObject({ indexed: 1, spent: ["lookup test"] });
    expect(await world.reload(person)).toMatchObject({ identityIndex: under("k2"), identityIndexFormer: null });
    await both("the former one is spent");
    await one.given(withKey(one.keys, "lookup", "k3"));
    await other.given(copyOf(one.keys));
    expect(other.keys.lookup, "and the next may come").toMatchObject({ current: "k3", former: "k2" });
  });

  test("that is replaced gives nobody more tries, and a disabled password stays disabled", async () => {
    const world = await newWorld();
    const person = await world.account({ password: true });
    const nobody = { ...person, identity: { type: "mykad", number: "650505050000" } as const };
    const [one, other] = [await holderOf(world, "one"), await holderOf(world, "other")];
    const tries = async (whose: Pick<WorldAccount, "identity">, ctx: Context, n: number) => {
      for (let i = 0; i < n; i++)
        await signInWithPassword(
          { ...ctx, request: { ...ctx.request, ip: `203.0.113.${i}` } },
          whose,
          "Salah-Sama-Sekali-9",
        );
    };
    await tries(person, one.ctx, 4);
    await tries(nobody, one.ctx, 4);
    const { identityIndex: was } = await world.reload(person);
    await world.db
      .insert(rateLimit)
      .values({ key: `code-try:${was}:unknown`, points: 7, expire: world.now().getTime() + 60_000 });
    const more = withKey(world.ctx.keys, "lookup", "k2");
    for (const each of [one, other, one]) await each.given(more);
    const counted = await world.db.query.passwordThrottle.findFirst({ where: eq(passwordThrottle.identityIndex, was) });
    if (!counted) throw new Error("No try was counted");
    const next = blindIndexUnder(one.keys, "k2", person.identity);
    await world.db.insert(passwordThrottle).values({ ...counted, identityIndex: next, failures: 1 });
    await goOn(world, WRITTEN_WITHIN, [one, other]);
    const { identityIndex: is } = await world.reload(person);
    expect(await world.db.select().from(rateLimit)).toContainEqual(
      expect.objectContaining({ key: `code-try:${is}:unknown`, points: 7 }),
    );
    await tries(person, other.ctx, 1);
    await tries(nobody, other.ctx, 1);
    expect(
      (await world.db.select().from(passwordThrottle)).map(({ failures, pausedUntil }) => [
        failures,
        pausedUntil !== null,
      ]),
    ).toEqual([
      [5, true],
      [5, true],
    ]);
  });

  test("that is replaced takes a sign-in along that is under way", async () => {
    const world = await newWorld();
    const person = await world.account({ password: true });
    const two = await twoGiven(world, "lookup");
    const { ceremonyToken } = await beginSignIn(two[0].ctx, person.identity, null);
    await goOn(world, WRITTEN_WITHIN, two);
    const row = await world.reload(person);
    expect(await world.db.query.signInCeremony.findFirst()).toMatchObject({
      accountId: person.id,
      identityIndex: row.identityIndex,
    });
    expect(ceremonyToken).toBeTruthy();
  });
});

test("a link key is spent when nothing that it made is of use any more", async () => {
  const world = await newWorld();
  const two = await twoGiven(world, "link");
  expect(await goOn(world, days(36), two)).toBeNull();
  expect(await goOn(world, days(2), two)).toEqual({ resealed: 0, indexed: 0, spent: ["link test"] });
});
