import { expect, test } from "vitest";
import { findSession } from "#lib/session/session.ts";
import { newWorld, type SignedIn } from "#lib/testing/new-world.ts";
import { signOutSession, signOutSessions } from "./sign-out-sessions.ts";

const isOpen = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken)) !== null;

test("one session is signed out by its owner, and by nobody else", async () => {
  const world = await newWorld();
  const [ada, ben] = [await world.account(), await world.account()];
  const [here, there, his] = [await world.as(ada), await world.as(ada), await world.as(ben)];
  expect(await signOutSession(here, his.actor.sessionId)).toEqual({ ok: false, error: "not_found" });
  expect(await signOutSession(world.ctx, there.actor.sessionId)).toEqual({ ok: false, error: "not_found" });
  expect(await signOutSession(here, there.actor.sessionId)).toEqual({
    ok: true,
    value: { device: "Chrome pada Windows" },
  });
  expect(await signOutSession(here, there.actor.sessionId)).toEqual({ ok: false, error: "not_found" });
  expect(await Promise.all([here, there, his].map(isOpen))).toEqual([true, false, true]);
  expect(await world.events("session.ended")).toMatchObject([{ data: { why: "signed_out_elsewhere" } }]);
  expect(await world.mails()).toEqual([]);
});

test("all other sessions are signed out, and this one goes on", async () => {
  const world = await newWorld();
  const ada = await world.account();
  const [here, ...others] = [await world.as(ada), await world.as(ada), await world.as(ada)];
  expect(await signOutSessions(here, "others")).toBe(2);
  expect(await isOpen(here)).toBe(true);
  expect(await Promise.all(others.map(isOpen))).toEqual([false, false]);
  expect(await signOutSessions(here, "others")).toBe(0);
});

test("of fifty who sign out everywhere at once one ends each session, and one letter tells of it", async () => {
  const world = await newWorld();
  const ada = await world.account();
  const open = await Promise.all(Array.from({ length: 5 }, () => world.as(ada)));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => signOutSessions(open[n % 5] as SignedIn, "everywhere")),
  );
  expect(answers.toSorted().slice(-2)).toEqual([0, 5]);
  expect(await Promise.all(open.map(isOpen))).toEqual(open.map(() => false));
  expect(await world.events("session.ended")).toHaveLength(5);
  expect(await world.mails()).toMatchObject([{ kind: "security_change", about: { change: "signed_out_everywhere" } }]);
});
