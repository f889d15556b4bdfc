import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keyPurposes } from "#lib/kernel/keyring.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import { holderOf, withKey } from "#lib/testing/key-holders.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { keysOf, membersOf } from "./join-keys.ts";
import { ALIVE_FOR, stateOf } from "./key-life.ts";

type World = Awaited<ReturnType<typeof newWorld>>;
const statesOf = async ({ db }: World, purpose: string) =>
  Object.fromEntries(
    (await keysOf(db)).filter((row) => row.purpose === purpose).map((row) => [row.keyId, stateOf(row)]),
  );

describe.each(keyPurposes)("a new %s key", (purpose) => {
  test("writes nowhere until every instance holds it, and then everywhere", async () => {
    const world = await newWorld();
    const more = withKey(world.ctx.keys, purpose, "k2");
    const one = await holderOf(world, "one");
    const other = await holderOf(world, "other", more);
    await one.beat();
    expect([one.keys[purpose].current, other.keys[purpose].current]).toEqual(["test", "test"]);
    expect(await statesOf(world, purpose)).toEqual({ test: "writes", k2: "waits" });

    expect((await one.given(more)).turned).toEqual([{ purpose, from: ["test"], to: "k2" }]);
    await other.beat();
    expect([one.keys[purpose].current, other.keys[purpose].current]).toEqual(["k2", "k2"]);
    expect(await statesOf(world, purpose)).toEqual({ test: "reads", k2: "writes" });
    expect((await other.beat()).turned).toEqual([]);
  });
});

describe("an instance", () => {
  test("without a key that is still being handed out may start; without one that has written it is refused", async () => {
    const world = await newWorld();
    const former = world.ctx.keys;
    const more = withKey(former, "sealing", "k2");
    const [, other] = [await holderOf(world, "one"), await holderOf(world, "other", more)];
    const late = await holderOf(world, "late", former);
    await late.ends();
    await (await holderOf(world, "one", more)).beat();
    await expect(holderOf(world, "late", former)).rejects.toMatchObject({
      lines: ['The sealing key "k2" is missing; the database was written with it'],
    });
    expect(other.keys.sealing.current).toBe("test");
    expect((await membersOf(world.db)).map(({ id }) => id).sort(), "who is refused is nobody's concern").toEqual([
      "one",
      "other",
    ]);
  });

  test("that ended without a word is waited for as long as it might still write, and no longer", async () => {
    const world = await newWorld();
    await holderOf(world, "killed");
    const one = await holderOf(world, "one", withKey(world.ctx.keys, "link", "k2"));
    world.moveClock((ALIVE_FOR - seconds(1)) as typeof ALIVE_FOR);
    await one.beat();
    expect(one.keys.link.current).toBe("test");
    world.moveClock(seconds(1));
    await one.beat();
    expect(one.keys.link.current).toBe("k2");
  });

  test("that ends well is waited for by nobody", async () => {
    const world = await newWorld();
    const killed = await holderOf(world, "ended");
    const one = await holderOf(world, "one", withKey(world.ctx.keys, "link", "k2"));
    await killed.ends();
    await one.beat();
    expect(one.keys.link.current).toBe("k2");
  });

  test("that comes back from a long sleep without the key that writes by now is told so, and keeps to what it has", async () => {
    const world = await newWorld();
    const asleep = await holderOf(world, "asleep");
    const one = await holderOf(world, "one", withKey(world.ctx.keys, "cookie", "k2"));
    world.moveClock(minutes(2));
    await one.beat();
    await expect(asleep.beat()).rejects.toThrow('The cookie key "k2" is missing');
    expect(asleep.keys.cookie.current).toBe("test");
  });

  test("whose file has another key under a known name is refused, and its key is taken by nobody", async () => {
    const world = await newWorld();
    const one = await holderOf(world, "one", withKey(world.ctx.keys, "lookup", "k2"));
    await expect(holderOf(world, "other", withKey(world.ctx.keys, "lookup", "k2"))).rejects.toMatchObject({
      lines: ['The lookup key "k2" is not the one the database was written with'],
    });
    const before = one.keys.lookup.keys.k2;
    await one.given(withKey(world.ctx.keys, "lookup", "k2", randomBytes(32)));
    expect(one.keys.lookup.keys.k2).toBe(before);
  });
});

describe("instances that were told differently", () => {
  test("do not turn a key back and forth", async () => {
    const world = await newWorld();
    const former = withKey(world.ctx.keys, "sealing", "k2");
    former.sealing.current = "test";
    const one = await holderOf(world, "one", former);
    expect(one.keys.sealing.current).toBe("test");
    const other = await holderOf(world, "other", { ...former, sealing: { ...former.sealing, current: "k2" } });
    for (let round = 0; round < 3; round++) for (const each of [one, other]) await each.beat();
    expect([one.keys.sealing.current, other.keys.sealing.current]).toEqual(["k2", "k2"]);
    expect(await statesOf(world, "sealing")).toEqual({ test: "reads", k2: "writes" });
  });

  test("go back to the former key where all of them ask for it", async () => {
    const world = await newWorld();
    const one = await holderOf(world, "one");
    await one.given(withKey(world.ctx.keys, "sealing", "k2"));
    expect(one.keys.sealing.current, "alone it need not wait").toBe("k2");
    const back = withKey(one.keys, "sealing", "k2", one.keys.sealing.keys.k2);
    back.sealing.current = "test";
    await one.given(back);
    expect(one.keys.sealing.current).toBe("test");
    expect(await statesOf(world, "sealing")).toEqual({ test: "writes", k2: "reads" });
  });

  test("that begin at once with the new key agree on one", async () => {
    const world = await newWorld();
    const more = withKey(world.ctx.keys, "audit", "k2");
    const all = await Promise.all(["a", "b", "c", "d"].map((id) => holderOf(world, id, more)));
    await Promise.all(all.map(({ beat }) => beat()));
    expect(new Set(all.map(({ keys }) => keys.audit.current)).size).toBe(1);
    expect(Object.values(await statesOf(world, "audit")).filter((state) => state === "writes")).toHaveLength(1);
  });
});

test("a lookup key is not replaced again before nothing needs the last one", async () => {
  const world = await newWorld();
  const one = await holderOf(world, "one");
  await one.given(withKey(world.ctx.keys, "lookup", "k2"));
  expect(one.keys.lookup).toMatchObject({ current: "k2", former: "test" });
  await one.given(withKey(one.keys, "lookup", "k3"));
  expect(one.keys.lookup).toMatchObject({ current: "k2", former: "test" });
});
