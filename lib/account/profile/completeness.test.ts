import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { changeIctRoles } from "./change-ict-roles.ts";
import { changeMobile } from "./change-mobile.ts";
import { type CompletenessFacts, completenessKeys, completenessOf } from "./completeness.ts";
import { findCompleteness, findProfile } from "./find-profile.ts";

const nothing = Object.fromEntries(completenessKeys.map((key) => [key, false])) as CompletenessFacts;

test("each fact counts once, and says where the rest is done", () => {
  expect(completenessOf(nothing)).toMatchObject({ done: 0, of: 6 });
  for (const key of completenessKeys) {
    const { items, done } = completenessOf({ ...nothing, [key]: true });
    expect(done, key).toBe(1);
    expect(items.filter((item) => item.done)).toMatchObject([{ key, path: expect.stringMatching(/^\/settings\//) }]);
  }
});

test("only the office's confirmation is waited for", () => {
  const waits = (facts: CompletenessFacts) =>
    completenessOf(facts)
      .items.filter((item) => item.waits)
      .map(({ key }) => key);
  expect(waits(nothing)).toEqual(["office_confirmed"]);
  expect(waits({ ...nothing, office_confirmed: true })).toEqual([]);
});

test("who asks for a part of it gets that part, in the same order", () => {
  const facts = { ...nothing, mobile: true, second_factor: true };
  const part = completenessOf(facts, ["second_factor", "official_email"]);
  expect(part).toMatchObject({ done: 1, of: 2, items: [{ key: "official_email" }, { key: "second_factor" }] });
});

test("an account's facts are read with its profile, and alone", async () => {
  const world = await newWorld();
  const owner = await world.account({ personalEmail: "sendiri@contoh.example", staffConfirmed: false });
  const ctx = await world.as(owner);
  const done = async () => {
    const { completeness } = await findProfile(ctx, owner.id);
    expect(await findCompleteness(ctx, owner.id)).toEqual(completeness);
    return completeness.items.filter((item) => item.done).map(({ key }) => key);
  };
  expect(await done(), "a personal address that nobody has verified is none").toEqual(["official_email"]);
  await world.db.update(account).set({ personalEmailVerifiedAt: world.now(), staffConfirmedAt: world.now() });
  await changeMobile(ctx, "+60120000000" as MobileNumber);
  await changeIctRoles(ctx, ["preparer"]);
  expect(await done()).toEqual(completenessKeys.filter((key) => key !== "second_factor"));
  await addTotp(world.ctx, owner.id);
  expect(await done()).toEqual([...completenessKeys]);
});
