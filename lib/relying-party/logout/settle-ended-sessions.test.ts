import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { relyingParty, relyingPartySession } from "#db/schema/relying-party.ts";
import { session } from "#db/schema/session.ts";
import { after, hours, minutes } from "#lib/kernel/time.ts";
import { endSession } from "#lib/session/end-session.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { addRelyingParty, addRelyingPartyRole, addRelyingPartySession } from "#lib/testing/relying-party.ts";
import { settleEndedSessions } from "./settle-ended-sessions.ts";

const backchannelLogoutUri = "https://cuti.contoh.example.gov.my/logout";

async function opened(world: World) {
  const ada = await world.account({ staffConfirmed: true });
  const asAda = await world.as(ada);
  const system = await addRelyingParty(world.ctx, { backchannelLogoutUri, openToAll: true });
  const { id } = await addRelyingPartySession(world.ctx, asAda, system);
  const row = async () => {
    const [found] = await world.db.select().from(relyingPartySession).where(eq(relyingPartySession.id, id));
    if (!found) throw new Error("The sign-in is gone");
    return found;
  };
  return { ada, asAda, system, row };
}

/** Signing in again in the same browser, as `establishSession` writes it. */
async function signInAgain(world: World, former: SignedIn): Promise<SignedIn> {
  const next = await world.as({ id: former.actor.accountId });
  await world.db
    .update(session)
    .set({ endedAt: world.now(), endedWhy: "signed_in_again", continuedBy: next.actor.sessionId })
    .where(eq(session.id, former.actor.sessionId));
  return next;
}

test("what hangs on a session ends with it, and is owed to the system", async () => {
  const world = await newWorld();
  const { asAda, row } = await opened(world);
  expect(await settleEndedSessions(world.asSystem())).toBe(0);
  await endSession(asAda, asAda.sessionToken, "signed_out");
  expect(await settleEndedSessions(world.asSystem(), [randomUUID()])).toBe(0);
  expect(await settleEndedSessions(world.asSystem(), [asAda.actor.sessionId])).toBe(1);
  expect(await row()).toMatchObject({ endedAt: world.now(), endedWhy: "signed_out", logoutDueAt: world.now() });
});

test("signing in again in the same browser, and once more, ends nothing: it hangs on the last of these sessions, and ends with that", async () => {
  const world = await newWorld();
  const { asAda, row } = await opened(world);
  const second = await signInAgain(world, asAda);
  const third = await signInAgain(world, second);
  expect(await settleEndedSessions(world.asSystem(), [asAda.actor.sessionId])).toBe(0);
  expect(await row()).toMatchObject({ sessionId: third.actor.sessionId, endedAt: null, logoutDueAt: null });
  await endSession(third, third.sessionToken, "signed_out");
  expect(await settleEndedSessions(world.asSystem(), [third.actor.sessionId])).toBe(1);
});

test("where the system was opened from the new session already, the older sign-in ends", async () => {
  const world = await newWorld();
  const { asAda, system, row } = await opened(world);
  const next = await signInAgain(world, asAda);
  const younger = await addRelyingPartySession(world.ctx, next, system);
  expect(await settleEndedSessions(world.asSystem(), [asAda.actor.sessionId])).toBe(1);
  expect(await row()).toMatchObject({ endedWhy: "session_ended" });
  const open = await world.db.select().from(relyingPartySession).where(eq(relyingPartySession.id, younger.id));
  expect(open).toMatchObject([{ endedAt: null }]);
});

test("an idle session tells nobody; one that is twelve hours old ends everything", async () => {
  const world = await newWorld();
  const { row } = await opened(world);
  world.moveClock(hours(11));
  expect(await settleEndedSessions(world.asSystem())).toBe(0);
  world.moveClock(hours(1));
  expect(await settleEndedSessions(world.asSystem())).toBe(1);
  expect(await row()).toMatchObject({ endedWhy: "session_ended" });
});

test("a role that runs out takes the sign-in with it when its day comes", async () => {
  const world = await newWorld();
  const ada = await world.account({ staffConfirmed: true });
  const system = await addRelyingParty(world.ctx, { roles: ["pelulus"] });
  const [role] = system.roles;
  if (!role) throw new Error("The role was not added");
  await addRelyingPartyRole(world.ctx, ada, role, { untilAt: after(world.now(), minutes(5)) });
  await addRelyingPartySession(world.ctx, await world.as(ada), system);
  expect(await settleEndedSessions(world.asSystem())).toBe(0);
  world.moveClock(minutes(5));
  expect(await settleEndedSessions(world.asSystem())).toBe(1);
  expect(await world.events("relying_party.signed_out")).toMatchObject([{ data: { why: "no_access" } }]);
});

test.each([
  ["a system that is disabled", "disabled"],
  ["somebody who is suspended", "no_access"],
] as const)("%s has nobody signed in", async (_, why) => {
  const world = await newWorld();
  const { ada, system, row } = await opened(world);
  if (why === "disabled")
    await world.db.update(relyingParty).set({ disabledAt: world.now() }).where(eq(relyingParty.id, system.id));
  else await world.db.update(account).set({ status: "suspended" }).where(eq(account.id, ada.id));
  expect(await settleEndedSessions(world.asSystem())).toBe(1);
  expect(await row()).toMatchObject({ endedWhy: why, logoutDueAt: world.now() });
});

test("instances that look at the same moment end each sign-in once", async () => {
  const world = await newWorld();
  const { asAda } = await opened(world);
  for (const _ of [1, 2, 3]) await addRelyingPartySession(world.ctx, asAda, await addRelyingParty(world.ctx));
  await endSession(asAda, asAda.sessionToken, "signed_out");
  const looks = Array.from({ length: 6 }, () => settleEndedSessions(world.asSystem(), [asAda.actor.sessionId]));
  await Promise.all(looks);
  expect(await world.events("relying_party.signed_out")).toHaveLength(4);
});

test("however many sign-ins are over, all of them end", async () => {
  const world = await newWorld();
  const { ada, system } = await opened(world);
  await world.owner.query(
    `insert into relying_party_session (id, session_id, account_id, relying_party_id, scopes, started_at, last_used_at)
     select gen_random_uuid(), gen_random_uuid(), $1, $2, '{}', $3, $3 from generate_series(1, 401)`,
    [ada.id, system.id, world.now()],
  );
  expect(await settleEndedSessions(world.asSystem())).toBe(401);
});
