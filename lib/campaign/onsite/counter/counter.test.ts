import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { account as accounts, activationLink } from "#db/schema/account.ts";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import { googleLink, recoveryCodeSet } from "#db/schema/second-factors.ts";
import { viewActivationLink } from "#lib/account/activation/activation.ts";
import { confirmActivationLink } from "#lib/account/activation/confirm-activation-link.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { openActivationByCode } from "#lib/account/activation/open-activation-by-code.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { suspendAccount } from "#lib/recovery/suspend/suspend-account.ts";
import { answerAll } from "#lib/testing/activation.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { drainMail, issueLink } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import { addTotp } from "#lib/testing/totp.ts";
import { checkIn } from "./check-in.ts";
import { findAtCounter } from "./find-at-counter.ts";
import { verifyPresence } from "./verify-presence.ts";
import { viewCounter } from "./view-counter.ts";

let world: World;
let helpdesk: Awaited<ReturnType<World["officer"]>>;
let session: typeof onsiteSession.$inferSelect;
beforeEach(async () => {
  world = await newWorld();
  helpdesk = await world.officer("helpdesk");
  const { id: campaignId } = await addCampaign(world.ctx);
  session = await addOnsiteSession(world.ctx, helpdesk.account, {
    campaignId,
    officeIds: [world.office.id],
    startsAt: world.now(),
  });
});

const refused = (error: string) => ({ ok: false, error });
const seen = { document: "mykad", walkIn: false } as const;
const walkIn = { document: "passport", walkIn: true } as const;
const comer = async (state: "booked" | "waiting" | "invited" | "attended", wanted: AccountWanted = {}) => {
  const account = await world.account(wanted);
  await addOnsitePlace(world.ctx, account, session.id, state, state === "attended" ? { checkedInAt: world.now() } : {});
  return account;
};
const placeOf = async (whose: { id: string }) =>
  (await world.db.select().from(onsitePlace).where(eq(onsitePlace.accountId, whose.id)))[0];

describe("at the counter", () => {
  test("somebody with a place is checked in once, with the kind of document that was seen", async () => {
    const account = await comer("booked");
    const twice = await Promise.all([1, 2].map(() => checkIn(helpdesk.ctx, session.id, account.id, seen)));
    expect(twice.map((one) => (one.ok ? "in" : one.error)).toSorted()).toEqual(["already_in", "in"]);
    expect(await placeOf(account)).toMatchObject({
      state: "attended",
      document: "mykad",
      checkedInBy: helpdesk.account.id,
      checkedInAt: world.now(),
      isWalkIn: false,
    });
    expect(await world.events("onsite_place.attended")).toMatchObject([
      { accountId: account.id, actorId: helpdesk.account.id, data: { document: "mykad" } },
    ]);
  });

  test("somebody who is not on the list is let in as a walk-in alone, and as long as there is room", async () => {
    const [first, second, third] = [await world.account(), await world.account(), await world.account()];
    expect(await checkIn(helpdesk.ctx, session.id, first.id, seen)).toEqual(refused("not_on_list"));
    expect(await placeOf(first)).toBeUndefined();
    const all = await Promise.all(
      [first, second, third].map(({ id }) => checkIn(helpdesk.ctx, session.id, id, walkIn)),
    );
    expect(all.map((one) => (one.ok ? "in" : one.error)).toSorted()).toEqual(["in", "in", "session_full"]);
  });

  test("whoever waits or was asked to come takes no place of somebody who has one", async () => {
    await comer("booked");
    await comer("booked");
    const waits = await comer("waiting");
    expect(await checkIn(helpdesk.ctx, session.id, waits.id, seen)).toEqual(refused("not_on_list"));
    expect(await checkIn(helpdesk.ctx, session.id, waits.id, walkIn)).toEqual(refused("session_full"));
  });

  test.each([
    [
      "the day before",
      () =>
        world.db
          .update(onsiteSession)
          .set({ startsAt: new Date("2026-11-21T01:00:00Z"), endsAt: new Date("2026-11-21T05:00:00Z") }),
    ],
    [
      "the day after",
      () =>
        world.db
          .update(onsiteSession)
          .set({ startsAt: new Date("2026-11-19T01:00:00Z"), endsAt: new Date("2026-11-19T05:00:00Z") }),
    ],
    ["when it was cancelled", () => world.db.update(onsiteSession).set({ state: "cancelled" })],
  ] as const)("nobody is checked in %s", async (_, change) => {
    const account = await comer("booked");
    await change();
    expect(await checkIn(helpdesk.ctx, session.id, account.id, seen)).toEqual(refused("counter_closed"));
  });

  test("early in the morning, and after the end of the same day, people are", async () => {
    const [early, late] = [await comer("booked"), await comer("booked")];
    await world.db
      .update(onsiteSession)
      .set({ startsAt: new Date("2026-11-20T10:00:00Z"), endsAt: new Date("2026-11-20T11:00:00Z") });
    expect(await checkIn(helpdesk.ctx, session.id, early.id, seen)).toMatchObject({ ok: true });
    world.moveClock(hours(7));
    const still = await world.as(helpdesk.account, ["password", "totp"]);
    expect(await checkIn(still, session.id, late.id, seen)).toMatchObject({ ok: true });
  });

  test("people of other offices, suspended ones and oneself are not", async () => {
    const away = await world.account({ officeId: (await world.anotherOffice()).id });
    expect(await findAtCounter(helpdesk.ctx, [away.identity])).toEqual(refused("nobody"));
    expect(await checkIn(helpdesk.ctx, session.id, away.id, walkIn)).toEqual(refused("not_found"));
    expect((await world.events("access.refused")).map(({ accountId }) => accountId)).toEqual([away.id, away.id]);
    const suspended = await comer("booked", { status: "suspended" });
    expect(await checkIn(helpdesk.ctx, session.id, suspended.id, seen)).toEqual(refused("not_possible"));
    expect(await checkIn(helpdesk.ctx, session.id, helpdesk.account.id, walkIn)).toEqual(refused("outranked"));
    const staff = await world.account();
    expect(await checkIn(await world.as(staff), session.id, suspended.id, seen)).toEqual(refused("not_found"));
    const here = await world.account();
    expect(await findAtCounter(helpdesk.ctx, [here.identity])).toEqual({ ok: true, value: { accountId: here.id } });
  });
});

describe("one officer alone", () => {
  const never = (wanted: AccountWanted = {}) => comer("attended", { status: "pre_registered", ...wanted });
  const verify = (whose: { id: string }, ctx = helpdesk.ctx) => verifyPresence(ctx, session.id, whose.id, "mykad");
  const linkOf = async (whose: { id: string }) =>
    (await world.db.select().from(activationLink).where(eq(activationLink.accountId, whose.id))).find(
      ({ seenBy }) => seenBy !== null,
    );
  async function handed(whose: WorldAccount) {
    const outcome = await verify(whose);
    if (!outcome.ok) throw new Error(outcome.error);
    return outcome.value;
  }

  test("opens the activation of somebody they have seen, whose mailbox stays unverified to the end and after it", async () => {
    const account = await never();
    const { token, expiresAt } = await handed(account);
    expect(expiresAt).toEqual(new Date(world.now().getTime() + minutes(30)));
    expect(await world.reload(account)).toMatchObject({ status: "presence_verified", officialEmailVerifiedAt: null });
    expect(await world.events("presence.verified")).toMatchObject([
      { accountId: account.id, actorId: helpdesk.account.id, data: { document: "mykad", sessionId: session.id } },
    ]);

    const phone = world.asBrowser({ device: "Safari pada iPhone" });
    const confirmed = await confirmActivationLink(phone, token, account.identity.number.slice(-4));
    if (!confirmed.ok) throw new Error(confirmed.error);
    const { ceremonyToken } = confirmed.value;
    expect((await world.reload(account)).officialEmailVerifiedAt, "nobody has read the mailbox").toBeNull();
    await answerAll(phone, ceremonyToken);
    expect(await finishActivation(phone, ceremonyToken, "Teh-Tarik-Kurang-Manis-7")).toEqual({ ok: true, value: null });
    expect(await world.reload(account)).toMatchObject({ status: "activated", officialEmailVerifiedAt: null });
    const [told, ...others] = await drainMail(world.asSystem());
    expect(others, "nothing else is told to whoever reads it").toEqual([]);
    expect(told).toMatchObject({ to: account.officialEmail, subject: expect.stringContaining(session.place) });
    expect(told?.text, "and nothing by which they could do anything").not.toMatch(/https?:\/\//);

    expect(await viewActivationLink(phone, token)).toEqual(refused("used"));
    expect(await verify(account)).toEqual(refused("has_activated"));
    const officer = {
      accountId: helpdesk.account.id,
      sessionId: "",
      grants: [{ role: "helpdesk", officeId: world.office.id }],
    } as unknown as Officer;
    expect(await viewCounter(helpdesk.ctx, officer, session.id, account.id)).toMatchObject({
      ticket: { state: "used", isOwn: true, usedAt: world.now(), secrets: null },
      barred: "has_activated",
    });
  });

  test("hands it over as a code to type as well, and both run out after half an hour", async () => {
    const account = await never();
    const { token, code } = await handed(account);
    expect(await openActivationByCode(world.ctx, account.identity, code)).toEqual({ ok: true, value: { token } });
    world.moveClock(minutes(30));
    expect(await viewActivationLink(world.ctx, token)).toEqual(refused("expired"));
    expect(await openActivationByCode(world.ctx, account.identity, code)).toMatchObject(refused("code_mismatch"));
  });

  test("hands over a new one, and the former opens nothing any more, nor does what was mailed or begun elsewhere", async () => {
    const account = await never();
    await issueLink(world.ctx, account.id);
    await drainMail(world.asSystem());
    const first = await handed(account);
    const begun = await confirmActivationLink(world.ctx, first.token, account.identity.number.slice(-4));
    world.moveClock(minutes(2));
    const second = await handed(account);
    expect(await viewActivationLink(world.ctx, first.token)).toEqual(refused("superseded"));
    expect(await viewActivationLink(world.ctx, second.token)).toMatchObject({ ok: true });
    if (!begun.ok) throw new Error(begun.error);
    expect(await finishActivation(world.ctx, begun.value.ceremonyToken, "Teh-Tarik-Kurang-Manis-7")).toEqual(
      refused("expired"),
    );
    const links = await world.db.select().from(activationLink).where(eq(activationLink.accountId, account.id));
    expect(links.filter(({ supersededAt }) => supersededAt === null).map(({ id }) => id)).toEqual([second.linkId]);
  });

  test("is not undone by a letter that somebody else asks for meanwhile", async () => {
    const account = await never();
    const { token } = await handed(account);
    world.moveClock(minutes(2));
    await issueLink(world.ctx, account.id);
    await drainMail(world.asSystem());
    expect(await viewActivationLink(world.ctx, token)).toMatchObject({ ok: true });
  });

  test("does not do it for somebody who had activated, has a way in, was not seen today, or whom the agency opens later", async () => {
    expect(await verify(await comer("attended"))).toEqual(refused("has_activated"));
    const withApp = await never();
    await addTotp(world.ctx, withApp.id);
    expect(await verify(withApp)).toEqual(refused("has_factors"));
    const withGoogle = await never();
    const link = { accountId: withGoogle.id, id: randomUUID(), subject: "g", emailSealed: "", linkedAt: world.now() };
    await world.db.insert(googleLink).values(link);
    expect(await verify(withGoogle)).toEqual(refused("has_factors"));
    const withCodes = await never();
    await world.db.insert(recoveryCodeSet).values({ accountId: withCodes.id, salt: "x", madeAt: world.now() });
    expect(await verify(withCodes)).toEqual(refused("has_factors"));
    expect(await verify(await comer("booked", { status: "pre_registered" }))).toEqual(refused("not_checked_in"));
    const later = new Date(world.now().getTime() + days(1));
    expect(await verify(await never({ opensAt: later }))).toEqual(refused("not_open_yet"));
    expect(await verify(await comer("attended", { status: "suspended" }))).toEqual(refused("not_possible"));
    expect(await world.events("presence.verified")).toEqual([]);
    expect(await world.db.select().from(activationLink)).toEqual([]);
  });

  test("does not do it for somebody who was seen on a day before the session was moved", async () => {
    const account = await never({});
    await world.db.update(onsitePlace).set({ checkedInAt: new Date(world.now().getTime() - days(1)) });
    expect(await verify(account)).toEqual(refused("not_checked_in"));
  });

  test("does it on fresh proofs, on the day, and for people of lower rank in their own offices", async () => {
    const account = await never();
    const away = await never({ officeId: (await world.anotherOffice()).id });
    expect(await verify(away)).toEqual(refused("not_found"));
    expect(await verify(account, await world.as(helpdesk.account, ["password"]))).toEqual(refused("step_up"));
    world.moveClock(minutes(11));
    expect(await verify(account)).toEqual(refused("step_up"));
    world.moveClock(days(1));
    expect(await verify(account, await world.as(helpdesk.account, ["password", "totp"]))).toEqual(
      refused("counter_closed"),
    );
    expect(await linkOf(account)).toBeUndefined();
  });

  test("opens nothing any more once the account was suspended, though it is reinstated within the half hour", async () => {
    const account = await never();
    const { token } = await handed(account);
    const begun = await confirmActivationLink(world.ctx, token, account.identity.number.slice(-4));
    if (!begun.ok) throw new Error(begun.error);
    const ap = await world.officer("ap");
    await world.db.transaction((tx) => suspendAccount(tx, ap.ctx, account.id, { leaverId: randomUUID() }));
    await world.db.update(accounts).set({ status: "presence_verified", suspendedFrom: null });
    expect(await viewActivationLink(world.ctx, token)).toEqual(refused("superseded"));
    expect(await finishActivation(world.ctx, begun.value.ceremonyToken, "Teh-Tarik-Kurang-Manis-7")).toEqual(
      refused("expired"),
    );
  });

  test("shows the code to nobody but the officer who handed it over; the others see what became of it", async () => {
    const account = await never();
    const { token, code } = await handed(account);
    const other = await world.officer("sa");
    const as = (whose: { account: { id: string } }, role: "helpdesk" | "sa") =>
      ({
        accountId: whose.account.id,
        sessionId: "",
        grants: [{ role, officeId: world.office.id }],
      }) as unknown as Officer;
    expect((await viewCounter(helpdesk.ctx, as(helpdesk, "helpdesk"), session.id, account.id))?.ticket).toMatchObject({
      state: "alive",
      secrets: { token, code },
    });
    expect((await viewCounter(other.ctx, as(other, "sa"), session.id, account.id))?.ticket).toMatchObject({
      state: "alive",
      isOwn: false,
      byName: helpdesk.account.fullName,
      secrets: null,
    });
    await confirmActivationLink(world.ctx, token, account.identity.number.slice(-4));
    expect((await viewCounter(other.ctx, as(other, "sa"), session.id, account.id))?.ticket).toMatchObject({
      state: "begun",
      begunAt: world.now(),
    });
  });

  test("who has proven their mailbox already is helped as well, and it stays proven", async () => {
    const account = await never({ status: "email_verified" });
    const { token } = await handed(account);
    expect(await world.reload(account)).toMatchObject({ status: "email_verified" });
    expect((await world.reload(account)).officialEmailVerifiedAt).not.toBeNull();
    expect(await confirmActivationLink(world.ctx, token, account.identity.number.slice(-4))).toMatchObject({
      ok: true,
    });
  });
});

test("whoever was activated at a counter proves the mailbox later, by a letter of their own asking", async () => {
  const account = await world.account();
  await world.db.update(accounts).set({ officialEmailVerifiedAt: null }).where(eq(accounts.id, account.id));
  expect(await requestMailboxChange(await world.as(account), "official", account.officialEmail)).toMatchObject({
    ok: true,
  });
});
