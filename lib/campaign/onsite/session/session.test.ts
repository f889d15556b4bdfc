import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { campaign } from "#db/schema/campaign.ts";
import { office } from "#db/schema/office.ts";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addOnsitePlace } from "#lib/testing/onsite.ts";
import { findSession } from "../find-session.ts";
import { nextSession, sessionsOf } from "../list-sessions.ts";
import { cancelSession } from "./cancel-session.ts";
import { changeSession } from "./change-session.ts";
import { createSession } from "./create-session.ts";
import { parseSession, type SessionWanted } from "./parse-session.ts";

let world: World;
let sa: Awaited<ReturnType<World["officer"]>>;
let campaignId: string;
beforeEach(async () => {
  world = await newWorld();
  sa = await world.officer("sa");
  campaignId = (await addCampaign(world.ctx)).id;
});

const inHours = (span: number): Date => new Date(world.now().getTime() + hours(span));
const refused = (error: string) => ({ ok: false, error });
const wanted = (rest: Partial<SessionWanted> = {}): SessionWanted => ({
  place: "Bilik Latihan",
  address: "Aras 2",
  startsAt: inHours(6 * 24),
  endsAt: inHours(6 * 24 + 4),
  capacity: 2,
  noteMs: null,
  noteEn: null,
  officeIds: [world.office.id],
  ...rest,
});
async function made(rest: Partial<SessionWanted> = {}): Promise<string> {
  const created = await createSession(sa.ctx, campaignId, wanted(rest));
  if (!created.ok) throw new Error(created.error);
  return created.value.sessionId;
}
const row = async (id: string) => (await world.db.select().from(onsiteSession).where(eq(onsiteSession.id, id)))[0];
const news = async () =>
  (await world.mails())
    .filter(({ kind }) => kind === "onsite_place")
    .map(({ accountId, about }) => [accountId, (about as { news: string }).news]);

describe("a session", () => {
  test("is made by whom all of its offices are of, and recorded", async () => {
    const id = await made();
    expect(await row(id)).toMatchObject({ campaignId, state: "open", version: 1, createdBy: sa.account.id });
    expect(await world.events("onsite_session.created")).toMatchObject([
      { data: { sessionId: id, place: "Bilik Latihan" } },
    ]);
    const other = await world.anotherOffice();
    expect(await createSession(sa.ctx, campaignId, wanted({ officeIds: [world.office.id, other.id] }))).toEqual(
      refused("offices_unknown"),
    );
    const helpdesk = await world.officer("helpdesk");
    expect(await createSession(helpdesk.ctx, campaignId, wanted())).toEqual(refused("not_found"));
    expect(await createSession(sa.ctx, "x", wanted())).toEqual(refused("not_found"));
  });

  test("is for no retired office, and of no campaign that is closed", async () => {
    await world.db.update(office).set({ retiredAt: world.now() });
    expect(await createSession(sa.ctx, campaignId, wanted())).toEqual(refused("offices_unknown"));
    await world.db.update(campaign).set({ state: "closed" });
    expect(await createSession(sa.ctx, campaignId, wanted())).toEqual(refused("campaign_closed"));
  });

  test("that an officer has changed meanwhile is not written over", async () => {
    const id = await made();
    const both = await Promise.all([
      changeSession(sa.ctx, id, wanted({ capacity: 3 }), 1),
      changeSession(sa.ctx, id, wanted({ capacity: 4 }), 1),
    ]);
    expect(both.map((answer) => (answer.ok ? "changed" : answer.error)).toSorted()).toEqual([
      "changed",
      "changed_meanwhile",
    ]);
    expect(await row(id)).toMatchObject({ version: 2 });
    expect(await changeSession(sa.ctx, id, wanted({ capacity: (await row(id))?.capacity ?? 0 }), 2)).toEqual({
      ok: true,
      value: { changed: false },
    });
  });

  test("at another time is told to whoever was to come; with another note to nobody", async () => {
    const id = await made();
    const [comes, waits, was] = [await world.account(), await world.account(), await world.account()];
    await addOnsitePlace(world.ctx, comes, id, "booked", { remindedAt: world.now() });
    await addOnsitePlace(world.ctx, waits, id, "waiting");
    await addOnsitePlace(world.ctx, was, id, "given_up");
    const note = { noteMs: "Lif di kiri.", noteEn: "The lift is on the left." };
    expect(await changeSession(sa.ctx, id, wanted(note), 1)).toMatchObject({ ok: true });
    // Two places, one taken: whoever waited has moved up, and is told that alone.
    expect(await news()).toEqual([[waits.id, "moved_up"]]);
    world.moveClock(minutes(1));
    const later = { startsAt: inHours(7 * 24), endsAt: inHours(8 * 24) };
    await changeSession(sa.ctx, id, wanted({ ...note, ...later }), 2);
    expect((await news()).slice(1).toSorted()).toEqual(
      [
        [comes.id, "changed"],
        [waits.id, "changed"],
      ].toSorted(),
    );
    const places = await world.db.select().from(onsitePlace);
    expect(
      places.map(({ remindedAt }) => remindedAt),
      "there is another day before",
    ).toEqual([null, null, null]);
    expect((await world.events("onsite_session.changed"))[1]?.data).toMatchObject({
      after: { startsAt: later.startsAt.toISOString() },
    });
  });

  test("has room for those who have a place, and with more room the waiting move up", async () => {
    const id = await made();
    const people = await Promise.all(Array.from({ length: 4 }, () => world.account()));
    for (const [n, one] of people.entries()) await addOnsitePlace(world.ctx, one, id, n < 2 ? "booked" : "waiting");
    expect(await changeSession(sa.ctx, id, wanted({ capacity: 1 }), 1)).toEqual(refused("capacity_below_booked"));
    await changeSession(sa.ctx, id, wanted({ capacity: 3 }), 1);
    const states = (await world.db.select().from(onsitePlace)).map(({ state }) => state).toSorted();
    expect(states).toEqual(["booked", "booked", "booked", "waiting"]);
  });

  test("that is cancelled leaves nobody with a place, and everybody with a letter", async () => {
    const id = await made();
    const [comes, asked, came] = [await world.account(), await world.account(), await world.account()];
    await addOnsitePlace(world.ctx, comes, id, "booked");
    await addOnsitePlace(world.ctx, asked, id, "invited");
    await addOnsitePlace(world.ctx, came, id, "given_up");
    expect(await cancelSession(sa.ctx, id, 1)).toEqual({ ok: true, value: { told: 2 } });
    expect(await row(id)).toMatchObject({ state: "cancelled", version: 2 });
    expect((await news()).toSorted()).toEqual(
      [
        [comes.id, "cancelled"],
        [asked.id, "cancelled"],
      ].toSorted(),
    );
    expect(await world.events("onsite_place.given_up")).toHaveLength(2);
    expect(await cancelSession(sa.ctx, id, 2)).toEqual(refused("session_over"));
    expect(await changeSession(sa.ctx, id, wanted(), 2)).toEqual(refused("session_over"));
  });

  test("of other offices does not exist, and of some of the officer's is theirs to see and not to change", async () => {
    const other = await world.anotherOffice();
    const theirs = await world.officer("sa", { officeId: other.id });
    const ap = await world.officer("administrator");
    const created = await createSession(ap.ctx, campaignId, wanted({ officeIds: [world.office.id, other.id] }));
    const shared = created.ok ? created.value.sessionId : "";
    const own = await made();
    const officer = {
      accountId: theirs.account.id,
      sessionId: theirs.ctx.actor.sessionId,
      grants: [{ role: "sa" as const, officeId: other.id }],
    } as never;
    const { toCome } = await sessionsOf(world.ctx, officer, campaignId);
    expect(toCome.map(({ id }) => id)).toEqual([shared]);
    expect(await nextSession(world.ctx, officer, campaignId)).toMatchObject({
      id: shared,
      offices: [{ code: "0101" }, { code: "0102" }],
    });
    expect(await changeSession(theirs.ctx, own, wanted(), 1)).toEqual(refused("not_found"));
    expect(await changeSession(theirs.ctx, shared, wanted(), 1)).toEqual(refused("not_found"));
    expect(await cancelSession(theirs.ctx, shared, 1)).toEqual(refused("not_found"));
    expect(await findSession(theirs.ctx, officer, "campaign.view", { campaignId, sessionId: own })).toBeNull();
    expect(await world.events("access.refused")).toHaveLength(4);
  });

  test("is listed with its figures, those to come first by their day", async () => {
    const [first, second] = [await made(), await made({ startsAt: inHours(2 * 24) })];
    await addOnsitePlace(world.ctx, await world.account(), first, "booked", { invitedAt: world.now() });
    await addOnsitePlace(world.ctx, await world.account(), first, "invited", { invitedAt: world.now() });
    await addOnsitePlace(world.ctx, await world.account(), first, "waiting");
    await addOnsitePlace(world.ctx, await world.account(), first, "attended");
    const officer = { accountId: "", sessionId: "", grants: [{ role: "auditor", officeId: null }] } as never;
    const { toCome, past } = await sessionsOf(world.ctx, officer, campaignId);
    expect(toCome).toMatchObject([
      { id: second, invited: 0 },
      { id: first, invited: 2, booked: 1, waiting: 1, attended: 1 },
    ]);
    expect(past).toEqual([]);
    world.moveClock(days(30));
    expect(await sessionsOf(world.ctx, officer, campaignId)).toMatchObject({
      toCome: [],
      past: [{ id: first }, { id: second }],
      next: null,
    });
    expect(await nextSession(world.ctx, officer, campaignId)).toBeNull();
  });
});

describe("the form of a session", () => {
  const now = new Date("2026-11-20T07:15:00Z");
  const good = {
    place: "Bilik Latihan",
    address: "Aras 2\nBlok Teladan",
    day: "2026-11-26",
    fromTime: "09:00",
    untilTime: "16:30",
    capacity: "30",
    offices: "00000000-0000-4000-8000-000000000001",
    noteMs: "",
    noteEn: "",
  };
  const parse = (fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...good, ...fields })) if (value !== "-") form.set(name, value);
    return parseSession(form, now);
  };

  test("is a day in the agency's zone, from one time to another", () => {
    expect(parse({})).toEqual({
      ok: true,
      value: {
        place: "Bilik Latihan",
        address: "Aras 2\nBlok Teladan",
        startsAt: new Date("2026-11-26T01:00:00Z"),
        endsAt: new Date("2026-11-26T08:30:00Z"),
        capacity: 30,
        noteMs: null,
        noteEn: null,
        officeIds: [good.offices],
      },
    });
  });

  test.each([
    [{ place: " " }, { place: "place_missing" }],
    [{ place: "x".repeat(121) }, { place: "place_long" }],
    [{ place: "a\u202eb" }, { place: "text_unfit" }],
    [{ address: "" }, { address: "address_missing" }],
    [{ day: "2026-02-30" }, { day: "day_shape" }],
    [{ day: "2026-11-19" }, { day: "time_over" }],
    [{ day: "2026-11-20", fromTime: "15:15" }, { fromTime: "time_over" }],
    [{ day: "2028-01-01" }, { day: "time_far" }],
    [{ fromTime: "9" }, { fromTime: "time_shape" }],
    [{ untilTime: "24:00" }, { untilTime: "time_shape" }],
    [{ untilTime: "09:00" }, { untilTime: "until_before_from" }],
    [{ capacity: "0" }, { capacity: "capacity_shape" }],
    [{ capacity: "1001" }, { capacity: "capacity_shape" }],
    [{ capacity: "3.5" }, { capacity: "capacity_shape" }],
    [{ offices: "-" }, { offices: "offices_missing" }],
    [{ offices: "x" }, { offices: "offices_unknown" }],
    [{ noteMs: "Hanya BM" }, { noteEn: "note_one_language" }],
    [{ noteMs: "x".repeat(1_001), noteEn: "x" }, { noteMs: "note_long" }],
  ])("with %j says %j", (fields, errors) => {
    expect(parse(fields as Record<string, string>)).toEqual({ ok: false, errors });
  });
});
