import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { campaign, campaignPerson } from "#db/schema/campaign.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import { after, days, minutes } from "#lib/kernel/time.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addCampaignPerson, addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import { comingSessions } from "../own-sessions.ts";
import { cancelSession } from "../session/cancel-session.ts";
import { giveUpPlace, releasePlace } from "./give-up-place.ts";
import { invitePeople } from "./invite-people.ts";
import { nextPlace, type PlaceMove, type PlaceStanding, placeMoves } from "./place-moves.ts";
import { signUp, signUpFor } from "./sign-up.ts";

let world: World;
let sa: Awaited<ReturnType<World["officer"]>>;
let campaignId: string;
beforeEach(async () => {
  world = await newWorld();
  sa = await world.officer("sa");
  campaignId = (await addCampaign(world.ctx)).id;
});

const refused = (error: string) => ({ ok: false, error });
const session = (wanted: Partial<typeof onsiteSession.$inferInsert> = {}, officeIds: string[] = [world.office.id]) =>
  addOnsiteSession(world.ctx, sa.account, { campaignId, officeIds, ...wanted });

/** Somebody whom the campaign is for. */
async function person(officeId: string = world.office.id): Promise<{ account: WorldAccount; ctx: SignedIn }> {
  const account = await world.account({ officeId });
  await addCampaignPerson(world.ctx, account, { campaignId, officeId });
  return { account, ctx: await world.as(account) };
}
const people = (many: number) => Promise.all(Array.from({ length: many }, () => person()));
const placesOf = (sessionId: string) => world.db.select().from(onsitePlace).where(eq(onsitePlace.sessionId, sessionId));
const stateOf = async (sessionId: string, whose: { id: string }) =>
  (await placesOf(sessionId)).find(({ accountId }) => accountId === whose.id)?.state;
const news = async (whose: { id: string }) =>
  (await world.mails())
    .filter(({ accountId, kind }) => accountId === whose.id && kind === "onsite_place")
    .map(({ about }) => (about as { news: string }).news);

describe("a place", () => {
  const all: PlaceMove[] = ["invite", "book", "wait", "move_up", "give_up", "check_in"];
  test("moves as the table says, and in no other way", () => {
    for (const from of Object.keys(placeMoves) as PlaceStanding[])
      for (const move of all) {
        const table: Partial<Record<PlaceMove, string>> = placeMoves[from];
        expect(nextPlace(from, move), `${from} ${move}`).toEqual(
          table[move] === undefined ? refused("illegal_move") : { ok: true, value: table[move] },
        );
      }
    expect(Object.keys(placeMoves.attended), "whoever was there stays so").toEqual([]);
  });
});

describe("signing up", () => {
  test("by fifty at once gives as many places as there are, and everybody else one in the waiting list", async () => {
    const { id } = await session({ capacity: 7 });
    const fifty = await people(50);
    const answers = await Promise.all(fifty.map(({ ctx }) => signUp(ctx, id)));
    const states = answers.map((answer) => (answer.ok ? answer.value.state : answer.error));
    expect(states.filter((state) => state === "booked")).toHaveLength(7);
    expect(states.filter((state) => state === "waiting")).toHaveLength(43);
    const rows = await placesOf(id);
    expect(rows.filter(({ state }) => state === "booked")).toHaveLength(7);
    expect(rows).toHaveLength(50);
  });

  test("by one person from ten windows at once gives them one place", async () => {
    const { id } = await session();
    const { ctx, account } = await person();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(ctx, id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error === "already")).toHaveLength(9);
    expect(await news(account)).toEqual(["booked"]);
    expect(await world.events("onsite_place.booked")).toMatchObject([
      { accountId: account.id, data: { place: "Bilik Latihan" } },
    ]);
  });

  test("to two sessions at once gives a place in one", async () => {
    const [one, two] = [await session(), await session()];
    const { ctx } = await person();
    const answers = await Promise.all([signUp(ctx, one.id), signUp(ctx, two.id)]);
    expect(answers.map((answer) => (answer.ok ? "in" : answer.error)).toSorted()).toEqual(["has_place", "in"]);
  });

  test("is for people of the session's offices whom the campaign is for, and nobody else", async () => {
    const { id } = await session();
    const away = await person((await world.anotherOffice()).id);
    expect(await signUp(away.ctx, id)).toEqual(refused("not_found"));
    const stranger = await world.account();
    expect(await signUp(await world.as(stranger), id)).toEqual(refused("not_found"));
    const left = await person();
    await world.db.update(campaignPerson).set({ state: "left" }).where(eq(campaignPerson.accountId, left.account.id));
    expect(await signUp(left.ctx, id)).toEqual(refused("not_found"));
    expect(await placesOf(id)).toEqual([]);
  });

  test("goes with a person who moves to an office of the session, and not with one who left it", async () => {
    const { id } = await session();
    const { ctx, account } = await person();
    const other = await world.anotherOffice();
    await world.db.execute(`update account set office_id = '${other.id}' where id = '${account.id}'`);
    expect(await signUp(ctx, id)).toEqual(refused("not_found"));
    expect(await comingSessions(world.ctx, account.id)).toEqual([]);
  });

  test.each([
    ["has begun", () => world.moveClock(days(6)), "session_over"],
    ["was cancelled", () => world.db.update(onsiteSession).set({ state: "cancelled" }), "session_over"],
    ["is of a campaign that is closed", () => world.db.update(campaign).set({ state: "closed" }), "not_found"],
    ["is of a campaign nobody was told of", () => world.db.update(campaign).set({ state: "draft" }), "not_found"],
  ] as const)("is not possible where the session %s", async (_, change, error) => {
    const { id } = await session();
    const { account } = await person();
    await change();
    expect(await signUp(await world.as(account), id)).toEqual(refused(error));
  });

  test("by an officer is not possible either once the campaign is closed, nor is asking people to come", async () => {
    const { id } = await session();
    const { account } = await person();
    await world.db.update(campaign).set({ state: "closed" });
    expect(await signUpFor(sa.ctx, id, account.id)).toEqual(refused("session_over"));
    expect(await invitePeople(sa.ctx, id, [account.id])).toEqual(refused("session_over"));
  });

  test("is possible for whoever had a place in one that is over", async () => {
    const past = await session();
    const next = await session({ startsAt: after(world.now(), days(9)) });
    const { account, ctx } = await person();
    await signUp(ctx, past.id);
    expect(await signUp(ctx, next.id)).toEqual(refused("has_place"));
    world.moveClock(days(7));
    expect(await signUp(await world.as(account), next.id)).toMatchObject({ value: { state: "booked" } });
  });

  test("by an officer is for somebody who cannot sign in, of their own offices alone", async () => {
    const { id } = await session();
    const never = await world.account({ status: "pre_registered" });
    expect(await signUpFor(sa.ctx, id, never.id)).toMatchObject({ ok: true, value: { state: "booked" } });
    expect((await placesOf(id))[0]).toMatchObject({ madeBy: sa.account.id, isWalkIn: false });
    const away = await world.account({ officeId: (await world.anotherOffice()).id });
    expect(await signUpFor(sa.ctx, id, away.id)).toEqual(refused("not_found"));
    expect(await world.events("access.refused")).toMatchObject([{ accountId: away.id }]);
    const suspended = await world.account({ status: "suspended" });
    expect(await signUpFor(sa.ctx, id, suspended.id)).toEqual(refused("not_possible"));
    const helpdesk = await world.officer("helpdesk");
    expect(await signUpFor(helpdesk.ctx, id, suspended.id)).toEqual(refused("not_found"));
  });
});

describe("the waiting list", () => {
  test("gives a place that was given up to who has waited longest, and writes to them alone", async () => {
    const { id } = await session({ capacity: 1 });
    const [first, second, third] = await people(3);
    if (!first || !second || !third) throw new Error("Nobody");
    for (const { ctx } of [first, second, third]) {
      await signUp(ctx, id);
      world.moveClock(minutes(1));
    }
    expect((await comingSessions(world.ctx, third.account.id))[0]).toMatchObject({
      own: "waiting",
      waitsBehind: 1,
      left: 0,
    });
    expect(await giveUpPlace(first.ctx, id)).toEqual({ ok: true, value: { movedUp: 1 } });
    expect(await stateOf(id, second.account)).toBe("booked");
    expect(await stateOf(id, third.account)).toBe("waiting");
    expect(await news(second.account)).toEqual(["waiting", "moved_up"]);
    expect(await news(third.account)).toEqual(["waiting"]);
    expect(await world.events("onsite_place.moved_up")).toMatchObject([{ accountId: second.account.id }]);
  });

  test("is joined at its end by whoever gave their place up and wants it back", async () => {
    const { id } = await session({ capacity: 1 });
    const [first, second] = await people(2);
    if (!first || !second) throw new Error("Nobody");
    await signUp(first.ctx, id);
    await signUp(second.ctx, id);
    await giveUpPlace(first.ctx, id);
    expect(await signUp(first.ctx, id)).toMatchObject({ value: { state: "waiting" } });
    expect(await giveUpPlace(first.ctx, id)).toEqual({ ok: true, value: { movedUp: 0 } });
    expect(await placesOf(id)).toHaveLength(2);
  });

  test("by many who give up at once is never moved up further than there is room", async () => {
    const { id } = await session({ capacity: 4 });
    const ten = await people(10);
    for (const { ctx } of ten) await signUp(ctx, id);
    await Promise.all(ten.slice(0, 3).map(({ ctx }) => giveUpPlace(ctx, id)));
    const states = (await placesOf(id)).map(({ state }) => state);
    expect(states.filter((state) => state === "booked")).toHaveLength(4);
    expect(states.filter((state) => state === "waiting")).toHaveLength(3);
  });

  test("whose account was closed or suspended meanwhile holds nobody up and gets no place", async () => {
    const { id } = await session({ capacity: 1 });
    const [holder, gone, stays, late] = await people(4);
    if (!holder || !gone || !stays || !late) throw new Error("Nobody");
    await signUp(holder.ctx, id);
    await signUp(gone.ctx, id);
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, gone.account.id));
    world.moveClock(minutes(1));
    await signUp(stays.ctx, id);
    await giveUpPlace(holder.ctx, id);
    expect(await stateOf(id, stays.account)).toBe("booked");
    expect(await stateOf(id, gone.account)).toBe("waiting");
    await giveUpPlace(stays.ctx, id);
    expect(await signUp(late.ctx, id), "and nobody waits who could come").toMatchObject({ value: { state: "booked" } });
  });

  test("is not moved up from afar once the session has begun", async () => {
    const { id } = await session({ capacity: 1 });
    const [first, second] = await people(2);
    if (!first || !second) throw new Error("Nobody");
    await signUp(first.ctx, id);
    await signUp(second.ctx, id);
    world.moveClock(days(6));
    const now = await world.as(sa.account, ["password", "totp"]);
    const [place] = (await placesOf(id)).filter(({ accountId }) => accountId === first.account.id);
    expect(await releasePlace(now, place?.id ?? "")).toMatchObject({ ok: true, value: { movedUp: 0 } });
    expect(await stateOf(id, second.account)).toBe("waiting");
    const third = await person();
    expect(await signUpFor(now, id, third.account.id), "nobody passes who waits").toMatchObject({
      value: { state: "waiting" },
    });
  });
});

describe("a place given up", () => {
  test("is so once, and not after its owner was there", async () => {
    const { id } = await session();
    const { ctx, account } = await person();
    expect(await giveUpPlace(ctx, id)).toEqual(refused("not_found"));
    await signUp(ctx, id);
    const answers = await Promise.all([giveUpPlace(ctx, id), giveUpPlace(ctx, id)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const other = await world.account();
    await addOnsitePlace(world.ctx, other, id, "attended");
    expect(await giveUpPlace(await world.as(other), id)).toEqual(refused("no_place"));
    expect(await news(account)).toEqual(["booked"]);
  });

  test("by an officer is told to its owner, and is no other office's to give up", async () => {
    const { id } = await session();
    const { account } = await person();
    const placeId = await addOnsitePlace(world.ctx, account, id, "booked");
    const other = await world.officer("sa", { officeId: (await world.anotherOffice()).id });
    expect(await releasePlace(other.ctx, placeId)).toEqual(refused("not_found"));
    expect(await releasePlace(sa.ctx, "x")).toEqual(refused("not_found"));
    expect(await releasePlace(sa.ctx, placeId)).toMatchObject({ ok: true, value: { sessionId: id } });
    expect(await news(account)).toEqual(["released"]);
  });
});

describe("an invitation", () => {
  test("asks people of the officer's and the session's offices to come, each once, and gives no place", async () => {
    const other = await world.anotherOffice();
    const { id } = await session({}, [world.office.id, other.id]);
    const [own, away, done] = [await person(), await person(other.id), await person()];
    await world.db.update(campaignPerson).set({ state: "done" }).where(eq(campaignPerson.accountId, done.account.id));
    const all = [own, away, done].map(({ account }) => account.id);
    expect(await invitePeople(sa.ctx, id, [...all, "x"])).toEqual({ ok: true, value: { invited: 1, written: 1 } });
    expect(await placesOf(id)).toMatchObject([{ accountId: own.account.id, state: "invited", invitedAt: world.now() }]);
    expect(await invitePeople(sa.ctx, id, all)).toEqual({ ok: true, value: { invited: 0, written: 0 } });
    expect(await news(own.account)).toEqual(["invited"]);
    expect(await signUp(own.ctx, id)).toMatchObject({ value: { state: "booked" } });
    expect((await placesOf(id))[0]?.invitedAt, "that they were asked to come stays known").toEqual(world.now());
  });

  test("goes to nobody of an office that the session is not for, nor to whoever was suspended", async () => {
    const other = await world.anotherOffice();
    const ap = await world.officer("administrator");
    const { id } = await session();
    const [away, gone] = [await person(other.id), await person()];
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, gone.account.id));
    const all = [away.account.id, gone.account.id];
    expect(await invitePeople(ap.ctx, id, all)).toEqual({ ok: true, value: { invited: 0, written: 0 } });
  });

  test("that is cancelled is told to nobody who was closed or suspended since", async () => {
    const { id } = await session();
    const { account, ctx } = await person();
    await signUp(ctx, id);
    await world.db.update(accounts).set({ status: "suspended" }).where(eq(accounts.id, account.id));
    expect(await cancelSession(sa.ctx, id, 1)).toEqual({ ok: true, value: { told: 0 } });
    expect(await news(account)).toEqual(["booked"]);
  });

  test("of somebody whose letters come back is for the office to tell them", async () => {
    const { id } = await session();
    const { account } = await person();
    await world.db.insert(undeliverableMailbox).values({
      mailbox: account.officialEmail,
      why: "no_such_mailbox",
      isFinal: true,
      since: world.now(),
    });
    expect(await invitePeople(sa.ctx, id, [account.id])).toEqual({ ok: true, value: { invited: 1, written: 0 } });
    expect(await news(account)).toEqual([]);
  });

  test("again and again is told as often as any letter is, and no more", async () => {
    const { account } = await person();
    for (let n = 0; n < 4; n += 1) {
      const { id } = await session();
      for (let m = 0; m < 2; m += 1) {
        await invitePeople(sa.ctx, id, [account.id]);
        await releasePlace(sa.ctx, (await placesOf(id))[0]?.id ?? "");
      }
    }
    expect(await news(account)).toHaveLength(5);
    world.moveClock(minutes(61));
    const { id } = await session();
    const later = await world.as(sa.account, ["password", "totp"]);
    expect(await invitePeople(later, id, [account.id])).toEqual({ ok: true, value: { invited: 1, written: 1 } });
  });

  test("is no helpdesk's to make, nor of hundreds at once", async () => {
    const { id } = await session();
    const { account } = await person();
    const helpdesk = await world.officer("helpdesk");
    expect(await invitePeople(helpdesk.ctx, id, [account.id])).toEqual(refused("not_found"));
    const many = Array.from({ length: 101 }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`);
    expect(await invitePeople(sa.ctx, id, many)).toEqual(refused("too_many_people"));
    world.moveClock(days(6));
    expect(await invitePeople(await world.as(sa.account, ["password", "totp"]), id, [account.id])).toEqual(
      refused("session_over"),
    );
  });
});
