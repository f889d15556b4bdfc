import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { device, session } from "#db/schema/session.ts";
import { digest } from "#lib/kernel/digest.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { deviceOf } from "./device-of.ts";
import { forgetOwnBrowser } from "./forget-browser.ts";
import { listBrowsers } from "./list-browsers.ts";
import { listSessions } from "./list-sessions.ts";
import { rotateSession } from "./rotate-session.ts";
import { endOf, findSession, lookAtSession } from "./session.ts";
import { whyEnded } from "./why-ended.ts";

/** A browser that the account knows, with a secret of its own. */
async function browserOf(world: World, whose: { id: string }, label: string, token = randomUUID()) {
  const id = randomUUID();
  const at = world.now();
  const seen = { firstSeenAt: at, lastSeenAt: at, signedInAt: at };
  await world.db.insert(device).values({ id, accountId: whose.id, tokenDigest: digest(token), label, ...seen });
  return { id, token };
}

const from = (ctx: SignedIn, deviceToken: string): SignedIn => ({ ...ctx, request: { ...ctx.request, deviceToken } });

describe("the list of sessions", () => {
  test("holds the owner's that are open, this one first, then by last use", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const ended = await world.as(ada);
    await world.db.update(session).set({ endedAt: world.now() }).where(eq(session.id, ended.actor.sessionId));
    const idle = await world.as(ada);
    world.moveClock(minutes(20));
    const earlier = await world.as(ada, ["password", "totp"]);
    world.moveClock(minutes(1));
    const here = await world.as(ada);
    world.moveClock(minutes(9));
    const later = await world.as(ada);
    await world.as(ben);
    const listed = await listSessions(here);
    expect(listed.map(({ id }) => id)).toEqual([here, later, earlier].map(({ actor }) => actor.sessionId));
    expect(listed.map((one) => one.here)).toEqual([true, false, false]);
    expect(listed[2]?.proofs.map(({ factor }) => factor)).toEqual(["password", "totp"]);
    expect(listed.map(({ id }) => id)).not.toContain(idle.actor.sessionId);
    expect(await listSessions(world.ctx)).toEqual([]);
  });
});

describe("the browsers an account knows", () => {
  test("are listed to their owner, this one first; one that only registered is none", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const mine = await browserOf(world, ada, "Chrome pada Windows");
    world.moveClock(minutes(1));
    const phone = await browserOf(world, ada, "Safari pada iPhone");
    const onlyRegistered = await browserOf(world, ada, "Firefox pada Linux");
    await world.db.update(device).set({ signedInAt: null }).where(eq(device.id, onlyRegistered.id));
    await browserOf(world, ben, "Chrome pada macOS");
    const listed = await listBrowsers(from(await world.as(ada), mine.token));
    expect(listed).toMatchObject([
      { id: mine.id, device: "Chrome pada Windows", here: true },
      { id: phone.id, device: "Safari pada iPhone", here: false },
    ]);
  });

  test("that are forgotten are signed out and new the next time, and the trail tells", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const phone = await browserOf(world, ada, "Safari pada iPhone");
    const [here, there] = [await world.as(ada), await world.as(ada)];
    await world.db.update(session).set({ deviceId: phone.id }).where(eq(session.id, there.actor.sessionId));
    expect(await forgetOwnBrowser(here, phone.id)).toEqual({ ok: true, value: { device: "Safari pada iPhone" } });
    expect(await findSession(there, there.sessionToken)).toBeNull();
    expect(await findSession(here, here.sessionToken)).not.toBeNull();
    expect(await listBrowsers(from(here, phone.token))).toEqual([]);
    expect(
      await world.db
        .select()
        .from(device)
        .where(eq(device.tokenDigest, digest(phone.token))),
    ).toEqual([]);
    expect(await world.events("device.forgotten")).toMatchObject([{ accountId: ada.id, data: { deviceId: phone.id } }]);
    expect(await forgetOwnBrowser(here, phone.id)).toEqual({ ok: false, error: "not_found" });
  });

  test("at work can be forgotten without being signed out", async () => {
    const world = await newWorld();
    const ada = await world.account();
    const mine = await browserOf(world, ada, "Chrome pada Windows");
    const here = from(await world.as(ada), mine.token);
    await world.db.update(session).set({ deviceId: mine.id }).where(eq(session.id, here.actor.sessionId));
    expect((await forgetOwnBrowser(here, mine.id)).ok).toBe(true);
    expect(await findSession(here, here.sessionToken)).not.toBeNull();
  });

  test("of somebody else are not there to be forgotten", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const his = await browserOf(world, ben, "Chrome pada macOS");
    expect(await forgetOwnBrowser(await world.as(ada), his.id)).toEqual({ ok: false, error: "not_found" });
    expect(await listBrowsers(await world.as(ben))).toHaveLength(1);
  });
});

describe("what a device was called", () => {
  test("is told to its owner, and to nobody else, also when it is forgotten or signed out", async () => {
    const world = await newWorld();
    const [ada, ben] = [await world.account(), await world.account()];
    const phone = await browserOf(world, ada, "Safari pada iPhone");
    const [here, his] = [await world.as(ada), await world.as(ben)];
    await forgetOwnBrowser(here, phone.id);
    await world.db.update(session).set({ endedAt: world.now() }).where(eq(session.id, here.actor.sessionId));
    expect(await deviceOf(here, { browser: phone.id })).toBe("Safari pada iPhone");
    expect(await deviceOf(here, { session: here.actor.sessionId })).toBe("Chrome pada Windows");
    for (const of of [{ browser: phone.id }, { session: here.actor.sessionId }])
      expect([await deviceOf(his, of), await deviceOf(world.ctx, of)]).toEqual([null, null]);
  });
});

describe("why a session is no more", () => {
  test.each([
    [null, "idle"],
    ["signed_out_elsewhere", "ended"],
    ["password_changed", "ended"],
    ["signed_out", null],
    ["signed_in_again", null],
  ] as const)("is told by what ended it: %s", async (endedWhy, told) => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    await world.db.update(session).set({ endedAt: endedWhy && world.now(), endedWhy });
    expect(await whyEnded(here, here.sessionToken)).toBe(told);
    expect(await whyEnded(here, "no such session")).toBeNull();
  });
});

describe("a new secret for a session", () => {
  test("takes the place of the old one", async () => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    const { sessionToken } = await world.db.transaction((tx) => rotateSession(tx, here, here.actor.sessionId));
    expect(await findSession(here, here.sessionToken)).toBeNull();
    expect(await findSession(here, sessionToken)).toMatchObject({ id: here.actor.sessionId });
  });

  test("is not given to one that has ended", async () => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    await world.db.update(session).set({ endedAt: world.now() });
    await expect(world.db.transaction((tx) => rotateSession(tx, here, here.actor.sessionId))).rejects.toThrow("ended");
  });
});

describe("when a session ends by itself", () => {
  test("can be looked at without counting as use", async () => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    for (const gone of [0, 10, 10, 9]) {
      world.moveClock(minutes(gone));
      expect(await lookAtSession(here, here.sessionToken)).toMatchObject({ why: "idle" });
    }
    expect(await lookAtSession(here, here.sessionToken)).toEqual({ secondsLeft: 60, why: "idle" });
    world.moveClock(minutes(1));
    expect(await lookAtSession(here, here.sessionToken)).toBeNull();
    expect(await findSession(here, here.sessionToken)).toBeNull();
  });

  test("is told from the last use the row knows of, and by whichever limit is nearer", async () => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    world.moveClock(seconds(59));
    const soon = await findSession(here, here.sessionToken);
    expect(soon && endOf(soon, world.now())).toEqual({ secondsLeft: 29 * 60 + 1, why: "idle" });
    world.moveClock(seconds(2));
    const later = await findSession(here, here.sessionToken);
    expect(later && endOf(later, world.now())).toEqual({ secondsLeft: 30 * 60, why: "idle" });
    await world.db.update(session).set({ lastSeenAt: new Date(world.now().getTime() + hours(11.75)) });
    world.moveClock(hours(11.75));
    expect(await lookAtSession(here, here.sessionToken)).toMatchObject({ why: "overall" });
  });

  test("is kept alive by nothing that a page asks by itself, however often", async () => {
    const world = await newWorld();
    const here = await world.as(await world.account());
    for (let n = 0; n < 3; n += 1) {
      world.moveClock(minutes(9));
      const found = await findSession(here, here.sessionToken, { isUse: false });
      expect(found && endOf(found, world.now()).secondsLeft).toBe((30 - 9 * (n + 1)) * 60);
    }
    world.moveClock(minutes(3));
    expect(await findSession(here, here.sessionToken)).toBeNull();
  });
});
