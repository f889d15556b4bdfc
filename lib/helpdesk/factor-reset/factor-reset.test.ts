import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { session } from "#db/schema/session.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { beginEnrolment, viewTicket } from "#lib/recovery/enrolment/begin-enrolment.ts";
import { openTicketByCode } from "#lib/recovery/enrolment/open-ticket-by-code.ts";
import { lockOwnAccount } from "#lib/recovery/lock/lock-account.ts";
import { findUndo } from "#lib/recovery/undo/find-undo.ts";
import { findSession } from "#lib/session/session.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { linkIn, withTicket } from "#lib/testing/lost-factor.ts";
import { drainMail } from "#lib/testing/mail.ts";
import type { World } from "#lib/testing/new-world.ts";
import { enrolApp } from "#lib/testing/scenes/stage.ts";
import { askForReset, reason, seePerson, withTwoOfficers } from "#lib/testing/two-officers.ts";
import { decideRequest } from "../two-officers/decide-request.ts";
import { requestReset } from "./request-reset.ts";
import { stopReset, viewResetToStop } from "./stop-reset.ts";
import { ticketOfRequest } from "./ticket-of-request.ts";

const yes = { approve: true, reason };

/** Two officers have agreed: what the first of them may show, and the link of the newest letter that stops it. */
async function agreed() {
  const set = await withTwoOfficers();
  const { world, owner, first, second } = set;
  const requestId = await askForReset(first.ctx, owner.id);
  const decided = await decideRequest(second.ctx, requestId, yes);
  if (!decided.ok) throw new Error(decided.error);
  const ticket = await ticketOfRequest(first.ctx, requestId);
  if (!ticket) throw new Error("There is no ticket");
  const stopToken = linkIn(await drainMail(world.asSystem()), "undo");
  return { ...set, requestId, ticket, stopToken };
}

/** Signed in with the ticket and the password, in the session that enrols and does nothing else. */
async function inSession(world: World, token: string) {
  const begun = await beginEnrolment(world.ctx, token, "/enrol");
  if (!begun.ok) throw new Error(begun.error);
  const signedIn = established(await provePassword(world.ctx, begun.value.ceremonyToken, GOOD_PASSWORD, null));
  const opened = await findSession(world.ctx, signedIn.sessionToken);
  if (!opened) throw new Error("The ticket opened no session");
  const actor = { kind: "account", accountId: opened.accountId, sessionId: opened.id } as const;
  return { ...world.ctx, actor, sessionToken: signedIn.sessionToken };
}

describe("asking for a reset", () => {
  test("needs a caller who was checked in the last 15 minutes, by the officer who asks", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    expect(await requestReset(first.ctx, owner.id, reason)).toEqual({ ok: false, error: "caller_unverified" });
    await seePerson(second.ctx, owner.id);
    expect(await requestReset(first.ctx, owner.id, reason)).toEqual({ ok: false, error: "caller_unverified" });
    await seePerson(first.ctx, owner.id);
    world.moveClock(minutes(15));
    const later = await world.as(first.account, ["password", "totp"]);
    expect(await requestReset(later, owner.id, reason)).toEqual({ ok: false, error: "caller_unverified" });
    await seePerson(later, owner.id);
    expect(await requestReset(later, owner.id, reason)).toMatchObject({ ok: true });
  });

  test("needs a fresh proof of the officer's own", async () => {
    const { world, owner, first } = await withTwoOfficers();
    await seePerson(first.ctx, owner.id);
    world.moveClock(minutes(11));
    expect(await requestReset(first.ctx, owner.id, reason)).toEqual({ ok: false, error: "step_up" });
    expect(await world.events("officer_request.opened")).toEqual([]);
  });

  test("is for activated accounts that have something to lose", async () => {
    const { world, first } = await withTwoOfficers();
    const without = await world.account();
    await seePerson(first.ctx, without.id);
    expect(await requestReset(first.ctx, without.id, reason)).toEqual({ ok: false, error: "no_second_factor" });
    for (const status of ["registered", "locked", "suspended", "closed"] as const) {
      const other = await world.account({ status });
      expect(await requestReset(first.ctx, other.id, reason)).toEqual({ ok: false, error: "not_activated" });
    }
  });

  test("is out of reach in another office, for staff, and for one's own account", async () => {
    const { world, owner, first } = await withTwoOfficers();
    const elsewhere = await world.officer("ap", { officeId: (await world.anotherOffice()).id });
    expect(await requestReset(elsewhere.ctx, owner.id, reason)).toEqual({ ok: false, error: "not_found" });
    expect(await requestReset(await world.as(owner), owner.id, reason)).toEqual({ ok: false, error: "not_found" });
    expect(await requestReset(first.ctx, first.account.id, reason)).toEqual({ ok: false, error: "outranked" });
  });

  test("changes nothing of the account, and tells its owner at every address", async () => {
    const { world, owner, first } = await withTwoOfficers();
    await world.db
      .update(accounts)
      .set({ personalEmail: "pegawai@rumah.example", personalEmailVerifiedAt: world.now() })
      .where(eq(accounts.id, owner.id));
    const before = await world.reload(owner);
    await askForReset(first.ctx, owner.id);
    expect(await world.reload(owner)).toEqual(before);
    const told = (await world.mails()).filter(({ kind }) => kind === "factor_reset");
    expect(told.map(({ to }) => to).toSorted()).toEqual(["pegawai@rumah.example", owner.officialEmail].toSorted());
    const mail = await drainMail(world.asSystem());
    for (const { text } of mail) {
      expect(text).toContain("Ibu Pejabat");
      expect(text).toContain("/undo/");
      expect(text).not.toContain("/enrol");
      expect(text, "never the officer's browser").not.toContain("Chrome");
    }
  });
});

describe("the ticket of two officers", () => {
  test("opens the enrolment of one factor with the password, by link or code, and is used up by it", async () => {
    const { world, owner, ticket, requestId, first } = await agreed();
    expect(await openTicketByCode(world.ctx, owner.identity, ticket.code)).toEqual({
      ok: true,
      value: { token: ticket.token },
    });
    await enrolApp(await inSession(world, ticket.token));
    expect(await viewTicket(world.ctx, ticket.token)).toEqual({ ok: false, error: "used" });
    expect(await ticketOfRequest(first.ctx, requestId), "nothing is left to show").toBeNull();
  });

  test("is shown to the two officers, as long as it lives and they hold their roles, and to nobody else", async () => {
    const { world, owner, requestId, ticket, first, second } = await agreed();
    expect(await ticketOfRequest(second.ctx, requestId)).toEqual(ticket);
    const others = [(await world.officer("administrator")).ctx, await world.as(owner), world.ctx];
    for (const other of others) expect(await ticketOfRequest(other, requestId)).toBeNull();
    await world.db.update(session).set({ endedAt: world.now() }).where(eq(session.id, first.ctx.actor.sessionId));
    expect(await ticketOfRequest(first.ctx, requestId)).toBeNull();
    world.moveClock(hours(24));
    expect(await ticketOfRequest(await world.as(second.account, ["password", "totp"]), requestId)).toBeNull();
  });

  test("lives for 24 hours to the second", async () => {
    const { world, ticket } = await agreed();
    world.moveClock(hours(24));
    world.moveClock(seconds(-1));
    expect((await viewTicket(world.ctx, ticket.token)).ok).toBe(true);
    world.moveClock(seconds(1));
    expect(await viewTicket(world.ctx, ticket.token)).toEqual({ ok: false, error: "expired" });
  });

  test("ends an earlier one of officers, and none that its owner waits for by mail", async () => {
    const { world, owner, ticketToken } = await withTicket();
    const [first, second] = [await world.officer("helpdesk"), await world.officer("helpdesk")];
    const one = await askForReset(first.ctx, owner.id);
    await decideRequest(second.ctx, one, yes);
    const earlier = await ticketOfRequest(first.ctx, one);
    const two = await askForReset(first.ctx, owner.id);
    await decideRequest(second.ctx, two, yes);
    expect(await viewTicket(world.ctx, earlier?.token ?? "")).toEqual({ ok: false, error: "cancelled" });
    expect((await viewTicket(world.ctx, (await ticketOfRequest(first.ctx, two))?.token ?? "")).ok).toBe(true);
    expect((await viewTicket(world.ctx, ticketToken)).ok).toBe(true);
  });

  test("is not issued for an account that was locked meanwhile", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    await lockOwnAccount(await world.as(owner));
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "not_activated" });
    expect((await decideRequest(second.ctx, requestId, { approve: false, reason })).ok).toBe(true);
  });
});

describe("the owner stops it by the link of the letter", () => {
  test("before it is decided: it is withdrawn, and nothing is locked", async () => {
    const { world, owner, first, second } = await withTwoOfficers();
    const requestId = await askForReset(first.ctx, owner.id);
    const token = linkIn(await drainMail(world.asSystem()), "undo");
    expect(await findUndo(world.ctx, token)).toBe("officers");
    const events = (await world.events()).length;
    expect(await viewResetToStop(world.ctx, token)).toMatchObject({
      ok: true,
      value: { approved: false, officeName: "Ibu Pejabat" },
    });
    expect(await world.events(), "looking changes nothing").toHaveLength(events);
    const presses = await Promise.all(Array.from({ length: 20 }, () => stopReset(world.ctx, token)));
    expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await decideRequest(second.ctx, requestId, yes)).toEqual({ ok: false, error: "not_open" });
    const [request] = await world.db.select().from(officerRequest);
    expect(request).toMatchObject({ state: "withdrawn", stoppedAt: world.now() });
    expect((await world.reload(owner)).status).toBe("activated");
    expect(await world.events("officer_request.stopped")).toHaveLength(1);
    expect(await viewResetToStop(world.ctx, token)).toEqual({ ok: false, error: "stopped" });
  });

  test("after two agreed: the ticket opens nothing, and what it opened has ended", async () => {
    const { world, ticket, stopToken } = await agreed();
    const here = await inSession(world, ticket.token);
    expect(await stopReset(world.ctx, stopToken)).toEqual({ ok: true, value: null });
    expect(await viewTicket(world.ctx, ticket.token)).toEqual({ ok: false, error: "cancelled" });
    expect(await findSession(world.ctx, here.sessionToken)).toBeNull();
    const [request] = await world.db.select().from(officerRequest);
    expect(request).toMatchObject({ state: "approved", stoppedAt: world.now() });
  });

  test("not any more once a factor is enrolled, or it is over", async () => {
    const { world, ticket, stopToken } = await agreed();
    await enrolApp(await inSession(world, ticket.token));
    expect(await stopReset(world.ctx, stopToken)).toEqual({ ok: false, error: "completed" });
    const other = await withTwoOfficers(world);
    await askForReset(other.first.ctx, other.owner.id);
    const late = linkIn(await drainMail(world.asSystem()), "undo");
    world.moveClock(hours(4));
    expect(await stopReset(world.ctx, late)).toEqual({ ok: false, error: "over" });
    expect(await stopReset(world.ctx, "made up")).toEqual({ ok: false, error: "unknown" });
  });

  test("while a second officer agrees: whoever is first, no ticket is left", async () => {
    for (let round = 0; round < 3; round++) {
      const { world, owner, first, second } = await withTwoOfficers();
      const requestId = await askForReset(first.ctx, owner.id);
      const token = linkIn(await drainMail(world.asSystem()), "undo");
      const [decided, stopped] = await Promise.all([
        decideRequest(second.ctx, requestId, yes),
        stopReset(world.ctx, token),
      ]);
      expect(stopped).toEqual({ ok: true, value: null });
      const [ticket] = await world.db.select().from(enrolmentTicket);
      if (decided.ok) expect(ticket?.cancelledAt).not.toBeNull();
      else expect(ticket).toBeUndefined();
    }
  });
});
