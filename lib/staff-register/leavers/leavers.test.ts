import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { staffLeaver } from "#db/schema/staff-register.ts";
import { suspend } from "#lib/helpdesk/actions/suspend.ts";
import type { Reason } from "#lib/helpdesk/reason.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addGrant } from "#lib/testing/officer.ts";
import { applied, asOperator, staffFile, staffLine, uploaded } from "#lib/testing/staff-register.ts";
import { applyRegister } from "../import/apply-register.ts";
import { startApplying } from "../import/decide-import.ts";
import { decideLeaver } from "./decide-leaver.ts";
import { foreseeSuspensions } from "./foresee-suspensions.ts";
import { countLeavers, listLeavers } from "./list-leavers.ts";
import { suspendDueLeavers } from "./suspend-due-leavers.ts";

const reason = "Arahan ketua jabatan" as Reason;
const line = (of: WorldAccount, leaves = "") =>
  staffLine(0, {
    identity: (of.identity as { number: string }).number,
    name: of.fullName,
    email: of.officialEmail,
    leaves,
  });

const leaversOf = async (world: World) =>
  (await world.db.select().from(staffLeaver).orderBy(staffLeaver.proposedAt)).map(
    ({ why, state }) => `${why} ${state}`,
  );
const idOf = async (world: World, whose: WorldAccount) => {
  const [found] = await world.db.select().from(staffLeaver).where(eq(staffLeaver.accountId, whose.id));
  return found?.id ?? "";
};

/** One who stays, and one whom the next whole file leaves out. */
async function withMissing() {
  const world = await newWorld();
  const [stays, leaves] = [await world.account(), await world.account()];
  await applied(world.ctx, staffFile(line(stays), line(leaves)), { isWhole: true });
  world.moveClock(days(30));
  await applied(world.ctx, staffFile(line(stays)), { isWhole: true });
  return { world, stays, leaves };
}

describe("people whom a whole file leaves out", () => {
  test("are proposed, and nothing happens to them until somebody decides", async () => {
    const { world, stays, leaves } = await withMissing();
    expect(await world.reload(leaves)).toMatchObject({ status: "activated", listedAt: null, delistedAt: world.now() });
    expect(await world.reload(stays)).toMatchObject({ delistedAt: null });
    expect(await leaversOf(world)).toEqual(["missing proposed"]);
    expect((await world.events("leaver.proposed")).map(({ accountId }) => accountId)).toEqual([leaves.id]);
    world.moveClock(days(365));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 0, left: 0 });
  });

  test("who were never on the register, or whom a file that is not whole leaves out, are not", async () => {
    const world = await newWorld();
    const contractor = await world.account();
    const listed = await world.account();
    await applied(world.ctx, staffFile(line(listed)), { isWhole: true });
    await applied(world.ctx, staffFile(staffLine(50)));
    expect(await leaversOf(world)).toEqual([]);
    expect(await world.reload(contractor)).toMatchObject({ listedAt: null, delistedAt: null });
  });

  test("are named though their row is bad", async () => {
    const world = await newWorld();
    const listed = await world.account();
    await applied(world.ctx, staffFile(line(listed)), { isWhole: true });
    const bad = staffLine(0, { identity: (listed.identity as { number: string }).number, code: "9999" });
    await applied(world.ctx, staffFile(bad, staffLine(50)), { isWhole: true });
    expect(await leaversOf(world)).toEqual([]);
  });

  test("are suspended with one decision: sessions end, the owner is told, and it cannot be decided twice", async () => {
    const { world, leaves } = await withMissing();
    const owner = await world.as(leaves);
    const { ctx } = await world.officer("sa");
    const id = await idOf(world, leaves);
    const tries = await Promise.all(Array.from({ length: 8 }, () => decideLeaver(ctx, id, "suspend", reason)));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await decideLeaver(ctx, id, "keep", reason)).toEqual({ ok: false, error: "moved_meanwhile" });
    expect((await world.reload(leaves)).status).toBe("suspended");
    const { rows } = await world.owner.query("select ended_at from session where id = $1", [owner.actor.sessionId]);
    expect(rows[0].ended_at).not.toBeNull();
    expect(await world.events("account.suspended")).toMatchObject([{ data: { why: "left" } }]);
    expect((await world.mails()).map(({ about }) => about)).toContainEqual(
      expect.objectContaining({ change: "account_suspended" }),
    );
  });

  test("who were suspended meanwhile are no matter any more, whatever is decided", async () => {
    const { world, leaves } = await withMissing();
    const { ctx } = await world.officer("sa");
    await suspend(ctx, { accountId: leaves.id, reason });
    expect(await decideLeaver(ctx, await idOf(world, leaves), "keep", reason)).toMatchObject({ ok: true });
    expect(await leaversOf(world)).toEqual(["missing moot"]);
    expect(await world.events("leaver.kept")).toEqual([]);
  });

  test("are kept, and not proposed again by the same file", async () => {
    const { world, stays, leaves } = await withMissing();
    const { ctx } = await world.officer("sa");
    expect(await decideLeaver(ctx, await idOf(world, leaves), "keep", reason)).toMatchObject({ ok: true });
    await applied(world.ctx, staffFile(line(stays)), { isWhole: true });
    expect(await leaversOf(world)).toEqual(["missing kept"]);
    expect(await world.events("leaver.kept")).toMatchObject([{ accountId: leaves.id }]);
  });

  test("who come back are no leavers any more", async () => {
    const { world, stays, leaves } = await withMissing();
    await applied(world.ctx, staffFile(line(stays), line(leaves)), { isWhole: true });
    expect(await leaversOf(world)).toEqual(["missing withdrawn"]);
    expect(await world.reload(leaves)).toMatchObject({ listedAt: world.now(), delistedAt: null });
  });

  test("are suspended by themselves where the agency said when", async () => {
    const world = await newWorld();
    const leaves = await world.account();
    await applied(world.ctx, staffFile(line(leaves)), { isWhole: true });
    const suspendsAt = new Date(world.now().getTime() + days(7));
    await applied(world.ctx, staffFile(staffLine(50)), { isWhole: true, suspendsAt });
    world.moveClock(days(6));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 0, left: 0 });
    world.moveClock(days(1));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 1, left: 0 });
    expect((await world.reload(leaves)).status).toBe("suspended");
  });

  test("have a day even where the chosen one has come already", async () => {
    const world = await newWorld();
    const leaves = await world.account();
    await applied(world.ctx, staffFile(line(leaves)), { isWhole: true });
    await applied(world.ctx, staffFile(staffLine(50)), { isWhole: true, suspendsAt: world.now() });
    world.moveClock(minutes(24 * 60 - 1));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 0, left: 0 });
    world.moveClock(minutes(1));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 1, left: 0 });
  });
});

describe("a last day of service", () => {
  test("suspends when it is over, to the minute where the agency is, unless somebody keeps the person", async () => {
    const world = await newWorld();
    const [leaves, kept] = [await world.account(), await world.account()];
    await applied(world.ctx, staffFile(line(leaves, "21/11/2026"), line(kept, "21/11/2026")));
    const { ctx } = await world.officer("sa");
    await decideLeaver(ctx, await idOf(world, kept), "keep", reason);
    // 3:15 in the afternoon; midnight of tomorrow is a day, eight hours and three quarters away.
    world.moveClock(minutes(32 * 60 + 44));
    expect(await suspendDueLeavers(world.asSystem())).toMatchObject({ suspended: 0 });
    world.moveClock(minutes(1));
    expect(await suspendDueLeavers(world.asSystem())).toMatchObject({ suspended: 1 });
    expect((await world.reload(leaves)).status).toBe("suspended");
    expect((await world.reload(kept)).status).toBe("activated");
  });

  test.each(["01/03/2024", "20/11/2026"])("of %s leaves the office a day to keep the person", async (leaves) => {
    const world = await newWorld();
    const [gone, kept] = [await world.account(), await world.account()];
    const importId = await uploaded(asOperator(world.ctx), staffFile(line(gone, leaves), line(kept, leaves)));
    const foreseen = (state: "ready" | "applied") => foreseeSuspensions(world.ctx, { id: importId, state });
    expect(await foreseen("ready")).toEqual([{ day: "2026-11-21", people: 2 }]);
    await startApplying(asOperator(world.ctx), importId, { opensAt: null, suspendsAt: null, evenMany: false });
    await applyRegister(world.asSystem(), importId);
    expect(await foreseen("applied")).toEqual([{ day: "2026-11-21", people: 2 }]);
    world.moveClock(minutes(24 * 60 - 1));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 0, left: 0 });
    const { ctx } = await world.officer("sa");
    await decideLeaver(ctx, await idOf(world, kept), "keep", reason);
    expect(await foreseen("applied")).toEqual([{ day: "2026-11-21", people: 1 }]);
    world.moveClock(minutes(1));
    expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 1, left: 0 });
    expect((await world.reload(kept)).status).toBe("activated");
    expect(await foreseen("applied")).toEqual([]);
  });

  test("is foretold for those alone whom the clock will suspend: no officer, and nobody who is suspended", async () => {
    const world = await newWorld();
    const [goes, head, gone, stays] = await Promise.all([1, 2, 3, 4].map(() => world.account()));
    if (!goes || !head || !gone || !stays) throw new Error("unreached");
    await addGrant(world.ctx, head.id, { role: "administrator", officeId: "" });
    const { ctx } = await world.officer("sa");
    await suspend(ctx, { accountId: gone.id, reason });
    const file = [line(goes, "31/12/2026"), line(head, "31/12/2026"), line(gone, "31/12/2026"), line(stays)];
    const id = await uploaded(asOperator(world.ctx), staffFile(...file, staffLine(60, { leaves: "30/11/2026" })));
    expect(await foreseeSuspensions(world.ctx, { id, state: "ready" })).toEqual([
      { day: "2026-12-01", people: 1 },
      { day: "2027-01-01", people: 1 },
    ]);
  });

  test("that moves takes the place of the earlier one", async () => {
    const world = await newWorld();
    const leaves = await world.account();
    await applied(world.ctx, staffFile(line(leaves, "20/11/2026")));
    world.moveClock(minutes(1));
    await applied(world.ctx, staffFile(line(leaves, "31/12/2026")));
    expect(await leaversOf(world)).toEqual(["ended withdrawn", "ended proposed"]);
  });

  test("still holds after a file that has no such column, and not after one where it is empty", async () => {
    const world = await newWorld();
    const leaves = await world.account();
    await applied(world.ctx, staffFile(line(leaves, "20/11/2026")));
    const withoutColumn = staffFile(line(leaves))
      .split("\r\n")
      .map((row) => row.split(",").slice(0, 5).join(","));
    await applied(world.ctx, withoutColumn.join("\r\n"));
    expect(await leaversOf(world)).toEqual(["ended proposed"]);
    await applied(world.ctx, staffFile(line(leaves)));
    expect(await leaversOf(world)).toEqual(["ended withdrawn"]);
  });
});

test("whoever holds a role is never suspended by the clock: somebody above them decides", async () => {
  const world = await newWorld();
  const head = await world.account();
  await addGrant(world.ctx, head.id, { role: "administrator", officeId: "" });
  await applied(world.ctx, staffFile(line(head, "20/11/2026")));
  world.moveClock(days(2));
  expect(await suspendDueLeavers(world.asSystem())).toEqual({ suspended: 0, left: 1 });
  const { ctx } = await world.officer("sa");
  expect(await decideLeaver(ctx, await idOf(world, head), "suspend", reason)).toEqual({
    ok: false,
    error: "outranked",
  });
  expect((await world.reload(head)).status).toBe("activated");
});

test("an SA sees and decides their own office's; a neighbour's do not exist for them", async () => {
  const { world, leaves } = await withMissing();
  const other = await world.anotherOffice();
  const here = await world.officer("sa");
  const there = await world.officer("sa", { officeId: other.id });
  const officer = ({ account, ctx }: typeof here, officeId: string) => ({
    accountId: account.id,
    sessionId: ctx.actor.sessionId,
    grants: [{ role: "sa" as const, officeId }],
  });
  const seen = await listLeavers(here.ctx, officer(here, world.office.id), null);
  expect(seen).toMatchObject({ leavers: [{ accountId: leaves.id, why: "missing", hasRole: false }], next: null });
  expect(seen.leavers[0]?.identity).toMatch(/^\d{6}-••-••••$/);
  expect(await listLeavers(there.ctx, officer(there, other.id), null)).toEqual({ leavers: [], next: null });
  expect(await countLeavers(here.ctx, officer(here, world.office.id))).toBe(1);
  expect(await decideLeaver(there.ctx, await idOf(world, leaves), "suspend", reason)).toEqual({
    ok: false,
    error: "not_found",
  });
  expect(await decideLeaver(here.ctx, "x", "suspend", reason)).toEqual({ ok: false, error: "not_found" });
  expect(await world.events("access.refused")).toHaveLength(2);
  await world.db.update(accounts).set({ officeId: other.id }).where(eq(accounts.id, leaves.id));
  expect(await decideLeaver(here.ctx, await idOf(world, leaves), "suspend", reason)).toEqual({
    ok: false,
    error: "not_found",
  });
});
