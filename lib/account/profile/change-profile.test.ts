import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { accountIctRole, ictRole } from "#db/schema/profile.ts";
import { session } from "#db/schema/session.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { changeIctRoles, offeredIctRoles } from "./change-ict-roles.ts";
import { changeMobile } from "./change-mobile.ts";
import { findProfile } from "./find-profile.ts";
import { ictRoleBank, seedIctRoles } from "./ict-role-bank.ts";

const FIRST = "+60120000000" as MobileNumber;
const SECOND = "+601110000000" as MobileNumber;

async function signedIn() {
  const world = await newWorld();
  const owner = await world.account();
  return { world, owner, ctx: await world.as(owner) };
}

test("a mobile number is kept sealed, shown to its owner, and told by letter", async () => {
  const { world, owner, ctx } = await signedIn();
  expect((await findProfile(ctx, owner.id)).mobile).toBeNull();
  expect(await changeMobile(ctx, FIRST)).toEqual({ ok: true, value: null });
  expect((await findProfile(ctx, owner.id)).mobile).toBe(FIRST);
  const kept = JSON.stringify([await world.reload(owner), await world.mails(), await world.events()], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  expect(kept).not.toContain("123456789");
  expect(await world.events("profile.changed")).toMatchObject([
    { accountId: owner.id, actorId: owner.id, data: { field: "mobile" } },
  ]);
  expect(await world.mails()).toMatchObject([{ to: owner.officialEmail, about: { change: "mobile_changed" } }]);
});

test("a number moved to another account does not open there", async () => {
  const { world, owner, ctx } = await signedIn();
  await changeMobile(ctx, FIRST);
  const other = await world.account();
  const { mobileSealed } = await world.reload(owner);
  await world.owner.query("update account set mobile_sealed = $2 where id = $1", [other.id, mobileSealed]);
  await expect(findProfile(ctx, other.id)).rejects.toThrow();
});

test("another number replaces it, it can be removed, and what is there already changes nothing", async () => {
  const { world, owner, ctx } = await signedIn();
  await changeMobile(ctx, FIRST);
  await changeMobile(ctx, FIRST);
  expect(await world.events("profile.changed")).toHaveLength(1);
  world.moveClock(minutes(2));
  await changeMobile(ctx, SECOND);
  expect((await findProfile(ctx, owner.id)).mobile).toBe(SECOND);
  await changeMobile(ctx, null);
  await changeMobile(ctx, null);
  expect((await findProfile(ctx, owner.id)).mobile).toBeNull();
  expect(await world.events("profile.changed")).toHaveLength(3);
});

test("of the same number given many times at once one is told", async () => {
  const { world, ctx } = await signedIn();
  const many = (mobile: MobileNumber | null) =>
    Promise.all(Array.from({ length: 20 }, () => changeMobile(ctx, mobile)));
  await many(null);
  await many(FIRST);
  expect(await world.events("profile.changed")).toHaveLength(1);
});

test("roles are held as chosen, all at once, and those kept keep their date", async () => {
  const { world, owner, ctx } = await signedIn();
  const [first, second, third] = (await offeredIctRoles(ctx)).map(({ id }) => id) as [string, string, string];
  expect(await changeIctRoles(ctx, [second, first, first])).toEqual({ ok: true, value: null });
  expect(
    (await findProfile(ctx, owner.id)).roles.map(({ id }) => id),
    "in the order they are offered",
  ).toEqual([first, second]);
  const begun = world.now();
  world.moveClock(days(1));
  const later = await world.as(owner);
  expect(await changeIctRoles(later, [second, third])).toEqual({ ok: true, value: null });
  const held = await world.db.select().from(accountIctRole);
  expect(new Map(held.map(({ roleId, heldSince }) => [roleId, heldSince]))).toEqual(
    new Map([
      [second, begun],
      [third, world.now()],
    ]),
  );
  await changeIctRoles(later, [third, second]);
  expect(await world.events("profile.changed"), "the same again is no change").toHaveLength(2);
  await changeIctRoles(later, []);
  expect((await findProfile(ctx, owner.id)).roles).toEqual([]);
  expect(await world.mails(), "a role gives no right").toEqual([]);
});

test("a role nobody offers is refused with all that came along, and one taken out of use stays with who holds it", async () => {
  const { world, owner, ctx } = await signedIn();
  const [first = "", second = ""] = ictRoleBank.map(({ id }) => id);
  expect(await changeIctRoles(ctx, [first, "raja"])).toEqual({ ok: false, error: "role_unknown" });
  expect((await findProfile(ctx, owner.id)).roles).toEqual([]);
  await changeIctRoles(ctx, [first]);
  await world.db.update(ictRole).set({ retiredAt: world.now(), nameMs: "Peranan lama" }).where(eq(ictRole.id, first));
  await seedIctRoles(world.db);
  expect((await offeredIctRoles(ctx)).map(({ id }) => id)).not.toContain(first);
  expect(await changeIctRoles(ctx, [second])).toEqual({ ok: true, value: null });
  expect((await findProfile(ctx, owner.id)).roles).toMatchObject([{ nameMs: "Peranan lama" }, { id: second }]);
  const other = await world.as(await world.account());
  expect(await changeIctRoles(other, [first])).toEqual({ ok: false, error: "role_unknown" });
});

test("roles chosen many times at once are each whole", async () => {
  const { owner, ctx } = await signedIn();
  const [first = "", second = "", third = ""] = ictRoleBank.map(({ id }) => id);
  const sets = [[first, second], [third], [second, third]];
  await Promise.all(Array.from({ length: 12 }, (_, n) => changeIctRoles(ctx, sets[n % 3] ?? [])));
  const held = (await findProfile(ctx, owner.id)).roles.map(({ id }) => id);
  expect(sets).toContainEqual(held);
});

test("nothing is changed in a session that has run out, nor on an account that was locked meanwhile", async () => {
  const { world, owner, ctx } = await signedIn();
  const other = await world.as(await world.account());
  await world.db.update(account).set({ status: "locked" }).where(eq(account.id, owner.id));
  expect(await changeMobile(ctx, FIRST)).toEqual({ ok: false, error: "signed_out" });
  expect(await changeIctRoles(ctx, ["preparer"])).toEqual({ ok: false, error: "signed_out" });
  world.moveClock(hours(12));
  expect(await changeMobile(other, FIRST)).toEqual({ ok: false, error: "signed_out" });
  expect(await world.events("profile.changed")).toEqual([]);
});

test("nobody who is signed out changes anything", async () => {
  const { world, owner, ctx } = await signedIn();
  expect(await changeMobile(world.ctx, FIRST)).toEqual({ ok: false, error: "signed_out" });
  expect(await changeIctRoles(world.ctx, ["preparer"])).toEqual({ ok: false, error: "signed_out" });
  await world.db.update(session).set({ endedAt: world.now(), endedWhy: "signed_out" });
  expect(await changeMobile(ctx, FIRST)).toEqual({ ok: false, error: "signed_out" });
  expect(await changeIctRoles(ctx, ["preparer"])).toEqual({ ok: false, error: "signed_out" });
  expect(await world.reload(owner)).toMatchObject({ mobileSealed: null });
  expect(await world.events("profile.changed")).toEqual([]);
});
