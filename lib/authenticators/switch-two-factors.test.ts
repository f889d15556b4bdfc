import { expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { switchTwoFactors } from "./switch-two-factors.ts";

const refused = (error: string) => ({ ok: false, error });
const done = { ok: true, value: null };

async function withApp(world: World) {
  const ada = await world.account();
  await addTotp(world.ctx, ada.id);
  return { ada, ctx: await world.as(ada, ["password", "totp"]) };
}

test("the owner switches two factors off and on again, and is told of each", async () => {
  const world = await newWorld();
  const { ada, ctx } = await withApp(world);
  expect(await switchTwoFactors(ctx, false)).toEqual(done);
  expect((await world.reload(ada)).asksTwoFactors).toBe(false);
  expect(await switchTwoFactors(ctx, true)).toEqual(done);
  expect((await world.reload(ada)).asksTwoFactors).toBe(true);
  const told = (await world.mails()).map(({ about }) => (about as { change: string }).change);
  expect(told.toSorted()).toEqual(["two_factors_off", "two_factors_on"]);
  expect((await world.events("two_factors.switched")).map(({ data }) => data)).toEqual([{ on: false }, { on: true }]);
});

test("as it already was, nothing is told", async () => {
  const world = await newWorld();
  const { ctx } = await withApp(world);
  expect(await switchTwoFactors(ctx, true)).toEqual(done);
  expect(await world.events("two_factors.switched")).toEqual([]);
  expect(await world.mails()).toEqual([]);
});

test("it needs both factors, given lately", async () => {
  const world = await newWorld();
  const { ada, ctx } = await withApp(world);
  expect(await switchTwoFactors(await world.as(ada), false)).toEqual(refused("step_up"));
  world.moveClock(minutes(11));
  expect(await switchTwoFactors(ctx, false)).toEqual(refused("step_up"));
  expect(await switchTwoFactors(world.ctx, false)).toEqual(refused("signed_out"));
  expect((await world.reload(ada)).asksTwoFactors).toBe(true);
});

test("where the agency asks everybody for two, no owner has a say", async () => {
  const world = await newWorld({ policy: { twoFactors: "always" } });
  const { ada, ctx } = await withApp(world);
  for (const on of [true, false]) expect(await switchTwoFactors(ctx, on)).toEqual(refused("agency_decides"));
  expect((await world.reload(ada)).asksTwoFactors).toBe(true);
});

test("two factors cannot be asked of somebody with one", async () => {
  const world = await newWorld();
  const ctx = await world.as(await world.account());
  expect(await switchTwoFactors(ctx, true)).toEqual(refused("no_second_factor"));
});
