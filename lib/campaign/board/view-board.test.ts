import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { campaignDay, campaignPerson, campaign as campaigns } from "#db/schema/campaign.ts";
import type { Role } from "#db/schema/roles.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { addCampaign, type Standing, standIn } from "#lib/testing/campaign.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import type { BoardFilters } from "./board-filters.ts";
import { boardVersion } from "./board-version.ts";
import { listBoards } from "./list-boards.ts";
import { viewBoard } from "./view-board.ts";

const unfiltered: BoardFilters = { phase: null, officeId: null, state: null };

/** Two offices in two phases, one more office in none; people of all three. */
async function atWork(role: Role = "administrator") {
  const world = await newWorld();
  const north = await world.anotherOffice("Cawangan Utara");
  const south = await world.anotherOffice("Cawangan Selatan");
  const officer = await world.officer(role);
  const made = await addCampaign(world.ctx, {
    phases: [
      { fromDay: "2026-10-01", untilDay: "2026-12-15", officeIds: [world.office.id] },
      { fromDay: "2027-01-01", untilDay: "2027-02-28", officeIds: [north.id] },
    ],
  });
  const [first, second] = made.phases.map(({ id }) => id);
  const stand = async (count: number, officeId: string, wanted: Partial<Standing> = {}) => {
    const phaseId = officeId === world.office.id ? first : officeId === north.id ? second : null;
    for (let n = 0; n < count; n += 1) {
      const { id: accountId } = await world.account({ officeId });
      await standIn(world.ctx, [{ campaignId: made.id, accountId, officeId, phaseId, ...wanted }]);
    }
  };
  const view = async (narrowed: Partial<BoardFilters> = {}, ctx = officer.ctx) => {
    const seen = await viewBoard(ctx, made.id, { ...unfiltered, ...narrowed });
    if (!seen.ok) throw new Error(seen.error);
    return seen.value.board;
  };
  const version = async () => {
    const seen = await viewBoard(officer.ctx, made.id, unfiltered);
    if (!seen.ok) throw new Error(seen.error);
    return boardVersion(officer.ctx, seen.value.officer, made.id);
  };
  return { world, north, south, officer, campaign: made, stand, view, version };
}

describe("a board", () => {
  test("shows the phase under way, its offices, and what holds up those who lag behind", async () => {
    const { world, stand, view } = await atWork();
    await stand(2, world.office.id, { state: "done" });
    await stand(2, world.office.id, { heldUpBy: "mobile", missing: ["mobile"] });
    await stand(1, world.office.id, { heldUpBy: "ict_roles", missing: ["ict_roles"] });
    await stand(1, world.office.id, { state: "not_begun", heldUpBy: "letter_bounced" });
    await stand(1, world.office.id, { state: "left" });
    const board = await view();
    expect(board.shown).toMatchObject({ number: 1 });
    expect(board.progress, "who left counts no more").toEqual({ notBegun: 1, underWay: 3, done: 2 });
    expect(board.hindrances).toEqual([
      { hindrance: "profile", people: 3 },
      { hindrance: "letter_bounced", people: 1 },
    ]);
    expect(board.offices).toMatchObject([{ office: { code: "0101" }, hindrance: { hindrance: "profile", people: 3 } }]);
  });

  test("names nothing beside an office that is nearly there", async () => {
    const { world, stand, view } = await atWork();
    await stand(3, world.office.id, { state: "done" });
    await stand(1, world.office.id);
    expect((await view()).offices).toMatchObject([{ progress: { done: 3, underWay: 1 }, hindrance: null }]);
  });

  test("shows another phase, all of them, those of no phase, and one office", async () => {
    const { world, north, south, stand, view } = await atWork();
    await stand(1, world.office.id, { state: "done" });
    await stand(2, north.id);
    await stand(1, south.id, { state: "not_begun" });
    expect((await view({ phase: 2 })).progress).toEqual({ notBegun: 0, underWay: 2, done: 0 });
    const all = await view({ phase: "all" });
    expect(all.progress).toEqual({ notBegun: 1, underWay: 2, done: 1 });
    expect(all.phases.map(({ phase, progress }) => [phase?.number, progress.done, progress.underWay])).toEqual([
      [1, 1, 0],
      [2, 0, 2],
      [undefined, 0, 0],
    ]);
    expect((await view({ phase: "none" })).offices).toMatchObject([{ office: { name: "Cawangan Selatan" } }]);
    expect((await view({ phase: "all", officeId: north.id })).progress).toEqual({ notBegun: 0, underWay: 2, done: 0 });
  });

  test("narrowed to a state puts the offices first that have most people in it", async () => {
    const { world, north, south, stand, view } = await atWork();
    await stand(1, world.office.id);
    await stand(2, north.id);
    await stand(2, south.id, { state: "done" });
    const board = await view({ phase: "all", state: "under_way" });
    expect(board.offices.map(({ office }) => office.name)).toEqual(["Cawangan Utara", "Ibu Pejabat"]);
    expect(board.hindrances).toEqual([{ hindrance: "second_factor", people: 3 }]);
    expect((await view({ phase: "all", state: "done" })).hindrances).toEqual([]);
  });

  test("shows the next phase before it begins, and the last one when all are over", async () => {
    const { world, officer, campaign: made } = await atWork();
    const numberAfter = async (count: number) => {
      world.moveClock(days(count));
      const ctx = await world.as(officer.account, ["password", "totp"]);
      const seen = await viewBoard(ctx, made.id, unfiltered);
      return seen.ok && typeof seen.value.board.shown === "object" && seen.value.board.shown.number;
    };
    expect(await numberAfter(26), "16 December").toBe(2);
    expect(await numberAfter(100), "after February").toBe(2);
  });
});

describe("whose board", () => {
  test("an SA sees the people of their own offices alone, and the others' offices are not there", async () => {
    const { world, north, stand, view } = await atWork("sa");
    await stand(1, world.office.id, { state: "done" });
    await stand(3, north.id);
    const board = await view({ phase: "all" });
    expect(board.progress).toEqual({ notBegun: 0, underWay: 0, done: 1 });
    expect(board.campaign.offices.map(({ id }) => id)).toEqual([world.office.id]);
    expect(board.hindrances).toEqual([]);
    expect(board.trend.at(-1)).toMatchObject({ done: 1, underWay: 0 });
  });

  test("another's office, a phase and a campaign that there are not are not found, and recorded", async () => {
    const { world, north, officer, campaign: made } = await atWork("sa");
    const asked = (id: string, narrowed: Partial<BoardFilters>) =>
      viewBoard(officer.ctx, id, { ...unfiltered, ...narrowed });
    for (const [id, narrowed] of [
      [made.id, { officeId: north.id }],
      [made.id, { phase: 3 }],
      [randomUUID(), {}],
      ["no id", {}],
    ] as const)
      expect(await asked(id, narrowed)).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toHaveLength(4);
  });

  test("staff have none, and a draft is the administration's", async () => {
    const { world, officer, campaign: made } = await atWork("sa");
    const staff = await world.as(await world.account());
    expect((await viewBoard(staff, made.id, unfiltered)).ok).toBe(false);
    await world.db.update(campaigns).set({ state: "draft" }).where(eq(campaigns.id, made.id));
    expect((await viewBoard(officer.ctx, made.id, unfiltered)).ok).toBe(false);
    const { ctx } = await world.officer("auditor");
    expect((await viewBoard(ctx, made.id, unfiltered)).ok).toBe(true);
  });

  test("the list of campaigns counts the officer's people, and leaves drafts to the administration", async () => {
    const { world, north, officer, campaign: made, stand } = await atWork("sa");
    await addCampaign(world.ctx, { state: "draft" });
    await stand(1, world.office.id, { state: "done" });
    await stand(3, north.id);
    const grants = [{ role: "sa", officeId: world.office.id }] as never;
    const sa = { accountId: officer.account.id, sessionId: "", grants };
    expect(await listBoards(world.ctx, sa)).toMatchObject([
      {
        id: made.id,
        phases: 2,
        fromDay: "2026-10-01",
        untilDay: "2027-02-28",
        phaseNow: 1,
        progress: { done: 1, underWay: 0 },
      },
    ]);
    const all = await listBoards(world.ctx, { ...sa, grants: [{ role: "administrator", officeId: null }] as never });
    expect(all.map(({ state, progress }) => [state, progress.underWay])).toEqual([
      ["running", 3],
      ["draft", 0],
    ]);
  });
});

describe("the trend", () => {
  test("has every day since the first that is known, days without a count as before, and today as it is now", async () => {
    const { world, campaign: made, stand, view } = await atWork();
    const day = (on: string, done: number) =>
      world.db
        .insert(campaignDay)
        .values({ campaignId: made.id, day: on, officeId: world.office.id, notBegun: 4 - done, underWay: 0, done });
    await day("2026-11-16", 1);
    await day("2026-11-18", 2);
    await day("2026-11-20", 2);
    await stand(4, world.office.id, { state: "done" });
    expect((await view()).trend.map((each) => [each.day.slice(-2), each.done])).toEqual([
      ["16", 1],
      ["17", 1],
      ["18", 2],
      ["19", 2],
      ["20", 4],
    ]);
  });
});

describe("the version of what is seen", () => {
  test("stays while nothing happens, and is otherwise when somebody comes further, moves away, or the day's count changes", async () => {
    const { world, north, campaign: made, stand, version } = await atWork("sa");
    await stand(2, world.office.id);
    const seen = [await version()];
    expect(await version()).toBe(seen[0]);
    world.moveClock(minutes(1));
    const [one] = await world.db.select().from(campaignPerson);
    const move = (set: Partial<typeof campaignPerson.$inferInsert>) =>
      world.db
        .update(campaignPerson)
        .set(set)
        .where(eq(campaignPerson.accountId, one?.accountId ?? ""));
    await world.db.update(campaignPerson).set({ state: "done", checkedAt: world.ctx.now() });
    seen.push(await version());
    const today = {
      campaignId: made.id,
      day: "2026-11-20",
      officeId: world.office.id,
      notBegun: 0,
      underWay: 0,
      done: 2,
    };
    await world.db.insert(campaignDay).values(today);
    seen.push(await version());
    await move({ officeId: north.id });
    await world.db.update(campaignDay).set({ done: 1 });
    seen.push(await version());
    expect(new Set(seen).size).toBe(4);
  });

  test("tells an SA nothing of other offices", async () => {
    const { world, north, stand, version } = await atWork("sa");
    await stand(1, world.office.id);
    const before = await version();
    await stand(1, north.id, { checkedAt: new Date("2026-11-21T00:00:00Z") });
    expect(await version()).toBe(before);
  });

  test("stays though people sign up to sessions of other offices", async () => {
    const { world, north, officer, campaign: made, version } = await atWork("sa");
    const own = await addOnsiteSession(world.ctx, officer.account, {
      campaignId: made.id,
      officeIds: [world.office.id],
    });
    const theirs = await addOnsiteSession(world.ctx, officer.account, { campaignId: made.id, officeIds: [north.id] });
    const before = await version();
    await addOnsitePlace(world.ctx, await world.account({ officeId: north.id }), theirs.id, "booked");
    expect(await version()).toBe(before);
    await addOnsitePlace(world.ctx, await world.account(), own.id, "booked");
    expect(await version()).not.toBe(before);
  });
});
