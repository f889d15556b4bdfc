import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { relyingPartySession } from "#db/schema/relying-party.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { findSession, SESSION_IDLE } from "#lib/session/session.ts";
import { altered } from "#lib/testing/altered.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { findSignOut } from "./find-sign-out.ts";
import { howTold, openNote, sealNote } from "./how-told.ts";
import { signOutOfEverything, signOutOfSystem } from "./sign-out.ts";

let world: World;
let asAda: SignedIn;
let cuti: Awaited<ReturnType<typeof addRelyingParty>>;
let aset: Awaited<ReturnType<typeof addRelyingParty>>;

beforeEach(async () => {
  world = await newWorld();
  asAda = await world.as(await world.account());
  cuti = await addRelyingParty(world.ctx, {
    name: "Cuti",
    backchannelLogoutUri: "https://cuti.contoh.example.gov.my/out",
  });
  aset = await addRelyingParty(world.ctx, { name: "Aset" });
  await addRelyingPartySession(world.ctx, asAda, cuti);
  await addRelyingPartySession(world.ctx, asAda, aset);
});

const open = async () =>
  (await world.db.select().from(relyingPartySession)).filter(({ endedAt }) => endedAt === null).length;
const isSignedIn = async (token: string) => (await findSession(world.ctx, token)) !== null;

test("what would end is shown by its name, with which systems can be told", async () => {
  expect(await findSignOut(world.ctx, asAda.sessionToken)).toMatchObject({
    sessionId: asAda.actor.sessionId,
    systems: [
      { name: "Aset", isTold: false },
      { name: "Cuti", isTold: true },
    ],
  });
  expect(await findSignOut(world.ctx, "another browser's")).toBeNull();
});

test("signing out of everything ends the portal’s session and what hangs on it at once, and nothing elsewhere", async () => {
  const elsewhere = await world.as({ id: asAda.actor.accountId });
  await addRelyingPartySession(world.ctx, elsewhere, cuti);
  const ended = await signOutOfEverything(world.ctx, asAda.sessionToken);
  expect(ended?.systems).toHaveLength(2);
  expect([await isSignedIn(asAda.sessionToken), await isSignedIn(elsewhere.sessionToken)]).toEqual([false, true]);
  expect(await open()).toBe(1);
  expect(await world.events()).toMatchObject([
    { type: "session.ended", actorId: asAda.actor.accountId, data: { why: "signed_out" } },
    { type: "relying_party.signed_out" },
    { type: "relying_party.signed_out" },
  ]);
  expect(await signOutOfEverything(world.ctx, asAda.sessionToken)).toBeNull();
});

test("signing out of one system leaves the portal and the others as they are", async () => {
  expect(await signOutOfSystem(world.ctx, asAda.sessionToken, cuti.clientId)).toBe(true);
  expect(await isSignedIn(asAda.sessionToken)).toBe(true);
  expect(await open()).toBe(1);
  expect(await world.events()).toMatchObject([
    { type: "relying_party.signed_out", actorId: asAda.actor.accountId, data: { why: "signed_out_of_system" } },
  ]);
  expect(await signOutOfSystem(world.ctx, asAda.sessionToken, cuti.clientId)).toBe(false);
});

test("somebody idle for too long to do anything can still sign out of what they opened", async () => {
  world.moveClock(SESSION_IDLE);
  expect(await isSignedIn(asAda.sessionToken)).toBe(false);
  expect(await signOutOfEverything(world.ctx, asAda.sessionToken)).not.toBeNull();
  expect(await open()).toBe(0);
});

test("nobody signs out of a session past its twelve hours", async () => {
  world.moveClock(hours(12));
  expect(await findSignOut(world.ctx, asAda.sessionToken)).toBeNull();
});

describe("after it, each system", () => {
  const states = async () => {
    const told = await howTold(world.ctx, { accountId: asAda.actor.accountId, sessionId: asAda.actor.sessionId });
    return Object.fromEntries(told.map(({ name, state }) => [name, state]));
  };
  const write = (row: Partial<typeof relyingPartySession.$inferInsert>) =>
    world.db.update(relyingPartySession).set(row).where(eq(relyingPartySession.relyingPartyId, cuti.id));

  test("is being told, or takes no news; one that does not answer is named as such after some seconds", async () => {
    await signOutOfEverything(world.ctx, asAda.sessionToken);
    expect(await states()).toEqual({ Aset: "never", Cuti: "telling" });
    world.moveClock(seconds(8));
    expect(await states()).toEqual({ Aset: "never", Cuti: "later" });
  });

  test("is named only where it ended by that: not one that was signed out of before", async () => {
    await signOutOfSystem(world.ctx, asAda.sessionToken, cuti.clientId);
    await signOutOfEverything(world.ctx, asAda.sessionToken);
    expect(await states()).toEqual({ Aset: "never" });
  });

  test("knows, has not answered, or was given up", async () => {
    await signOutOfEverything(world.ctx, asAda.sessionToken);
    await write({ logoutFailure: "unreachable" });
    expect(await states()).toMatchObject({ Cuti: "later" });
    await write({ logoutDueAt: null, logoutSettledAt: world.now() });
    expect(await states()).toMatchObject({ Cuti: "never" });
    await write({ logoutFailure: null });
    expect(await states()).toMatchObject({ Cuti: "told" });
  });

  test("is told of to whoever has just signed out, for ten minutes, and to nobody who made up an address", () => {
    const note = sealNote(world.ctx, { accountId: asAda.actor.accountId, sessionId: asAda.actor.sessionId });
    expect(openNote(world.ctx, note)).toEqual({ accountId: asAda.actor.accountId, sessionId: asAda.actor.sessionId });
    for (const other of [altered(note), "", undefined, ["a"]]) expect(openNote(world.ctx, other)).toBeNull();
    world.moveClock(minutes(10));
    expect(openNote(world.ctx, note)).toBeNull();
  });
});
