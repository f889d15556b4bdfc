import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passkey, recoveryCodeSet, totpCredential } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { addPasskey } from "#lib/authenticators/passkey/add-passkey.ts";
import { beginTotp } from "#lib/authenticators/totp/begin-totp.ts";
import { confirmTotp } from "#lib/authenticators/totp/confirm-totp.ts";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import type { Context } from "#lib/kernel/context.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { findSession, type Session } from "#lib/session/session.ts";
import { beginStepUp } from "#lib/sign-in/begin-step-up.ts";
import type { SignInAnswer } from "#lib/sign-in/finish-proof.ts";
import { proveCode } from "#lib/sign-in/prove-code.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { established } from "#lib/testing/established.ts";
import { codeIn, linkIn, withTicket } from "#lib/testing/lost-factor.ts";
import { drainMail, readMailbox } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import type { World, WorldAccount } from "#lib/testing/new-world.ts";
import { enrolPasskey, optionsToAdd, phoneOf } from "#lib/testing/passkeys.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { addTotp, totpCode } from "#lib/testing/totp.ts";
import { cancelOwnRecovery } from "../lost-factor/cancel-recovery.ts";
import { finishWaits } from "../lost-factor/finish-waits.ts";
import { stopRecoveries } from "../stop-recoveries.ts";
import { beginEnrolment, viewTicket } from "./begin-enrolment.ts";
import { issueTicket } from "./issue-ticket.ts";
import { openTicketByCode } from "./open-ticket-by-code.ts";

const own = (world: World) => world.asBrowser({ deviceToken: "a new laptop's" });

async function begun(world: World, ticketToken: string): Promise<string> {
  const begun = await beginEnrolment(world.ctx, ticketToken, "/enrol");
  if (!begun.ok) throw new Error(`The ticket opens nothing: ${begun.error}`);
  return begun.value.ceremonyToken;
}

/** A context at work in the session that a sign-in opened. */
async function inSession(world: World, answer: SignInAnswer): Promise<Context & { session: Session }> {
  const found = await findSession(world.ctx, established(answer).sessionToken);
  if (!found) throw new Error("There is no such session");
  return { ...own(world), session: found, actor: { kind: "account", accountId: found.accountId, sessionId: found.id } };
}

/** Signed in with the ticket and the password. */
async function atWork() {
  const set = await withTicket();
  const signedIn = await provePassword(own(set.world), await begun(set.world, set.ticketToken), GOOD_PASSWORD, null);
  return { ...set, here: await inSession(set.world, signedIn) };
}

const secretOf = async (here: Context): Promise<string> => {
  await beginTotp(here);
  return (await pendingTotp(here, "Kunci"))?.secret ?? "";
};

describe("a ticket", () => {
  test("with the password opens a session of half an hour, where another sign-in is asked for two factors", async () => {
    const { world, owner, here } = await atWork();
    expect(here.session.ticketId).not.toBeNull();
    expect(here.session.expiresAt).toEqual(new Date(world.now().getTime() + minutes(30)));
    expect(await signInWithPassword(world.ctx, owner, GOOD_PASSWORD)).toMatchObject({ value: { step: "prove" } });
  });

  test("opens nothing with a wrong password, which is counted as ever", async () => {
    const { world, ticketToken } = await withTicket();
    const wrong = await provePassword(world.ctx, await begun(world, ticketToken), "Bukan-Kata-Laluan-1", null);
    expect(wrong).toEqual({ ok: false, error: "mismatch" });
    expect((await world.events("sign_in.refused")).at(-1)).toMatchObject({ data: { reason: "wrong_password" } });
  });

  test("opens nothing with what the mailbox or the lost app gives: the password alone goes with it", async () => {
    const { world, owner, ticketToken } = await withTicket();
    await world.db.delete(totpCredential);
    const { secret } = await addTotp(world.ctx, owner.id);
    const code = totpCode(secret, world.now());
    expect(await proveCode(world.ctx, await begun(world, ticketToken), "totp", code, null)).toEqual({
      ok: false,
      error: "start_again",
    });
    expect(await world.events("sign_in.succeeded")).toEqual([]);
  });

  test("may be typed as a code with the identity number, five times", async () => {
    const { world, owner, ticketToken } = await withTicket();
    const code = codeIn((await readMailbox(world.ctx)).at(-1) ?? { text: "" });
    expect(await openTicketByCode(world.ctx, owner.identity, code)).toEqual({
      ok: true,
      value: { token: ticketToken },
    });
    const other = await world.account();
    expect(await openTicketByCode(world.ctx, other.identity, code)).toEqual({ ok: false, error: "code_mismatch" });
    for (let n = 0; n < 5; n++)
      await openTicketByCode(world.asBrowser({ ip: `198.51.100.${n}` }), owner.identity, "00000000");
    expect(await openTicketByCode(world.asBrowser({ ip: "198.51.100.9" }), owner.identity, code)).toMatchObject({
      ok: false,
    });
    expect((await viewTicket(world.ctx, ticketToken)).ok, "the link is none the worse").toBe(true);
  });

  test("lives for three days from when its letter left", async () => {
    const { world, ticketToken } = await withTicket();
    world.moveClock(hours(72));
    world.moveClock(seconds(-1));
    const ceremony = await begun(world, ticketToken);
    world.moveClock(seconds(1));
    expect(await viewTicket(world.ctx, ticketToken)).toEqual({ ok: false, error: "expired" });
    expect(await beginEnrolment(world.ctx, ticketToken, "/enrol")).toEqual({ ok: false, error: "expired" });
    expect(
      await provePassword(world.ctx, ceremony, GOOD_PASSWORD, null),
      "nor does a sign-in that was begun with it",
    ).toEqual({ ok: false, error: "start_again" });
    expect((await world.events("enrolment_ticket.refused")).map(({ data }) => data)).toMatchObject([
      { reason: "expired" },
    ]);
  });

  test("that runs out ends what it opened, which says so", async () => {
    const { world, ticketToken } = await withTicket();
    world.moveClock(hours(72));
    world.moveClock(minutes(-10));
    const signedIn = await provePassword(own(world), await begun(world, ticketToken), GOOD_PASSWORD, null);
    const here = await inSession(world, signedIn);
    const secret = await secretOf(here);
    world.moveClock(minutes(10));
    expect(await findSession(world.ctx, established(signedIn).sessionToken)).toBeNull();
    expect(await confirmTotp(here, totpCode(secret, world.now()))).toEqual({ ok: false, error: "signed_out" });
  });

  test("that was mailed to a mailbox the account has left opens nothing, and another goes to the new one", async () => {
    const { world, owner, here, ticketToken } = await atWork();
    const elsewhere = await world.as(owner, ["password", "totp"]);
    const mailbox = "baharu@contoh.example.gov.my";
    expect(await requestMailboxChange(elsewhere, "official", mailbox)).toMatchObject({ ok: true });
    const { token } = proofIn((await drainMail(world.asSystem())).findLast(({ to }) => to === mailbox));
    expect(await confirmMailboxChange(elsewhere, token)).toMatchObject({ ok: true });
    expect(await viewTicket(world.ctx, ticketToken)).toEqual({ ok: false, error: "cancelled" });
    expect(await beginTotp(here), "what it opened has ended").toEqual({ ok: false, error: "signed_out" });
    expect(await finishWaits(world.asSystem())).toBe(1);
    const there = (await drainMail(world.asSystem())).filter(({ to }) => to === mailbox);
    expect(await viewTicket(world.ctx, linkIn(there, "enrol"))).toMatchObject({ ok: true });
    expect(await finishWaits(world.asSystem())).toBe(0);
  });

  test("that was stopped opens nothing, and what it opened has ended", async () => {
    const { world, owner, here, ticketToken } = await atWork();
    const ceremony = await begun(world, ticketToken);
    await cancelOwnRecovery(await world.as(owner));
    expect(await viewTicket(world.ctx, ticketToken)).toEqual({ ok: false, error: "cancelled" });
    expect(await provePassword(own(world), ceremony, GOOD_PASSWORD, null)).toEqual({ ok: false, error: "start_again" });
    expect(await beginTotp(here)).toEqual({ ok: false, error: "signed_out" });
  });

  test("stopped while its sign-in finishes leaves no session open", async () => {
    const { world, owner, ticketToken } = await withTicket();
    for (let n = 0; n < 5; n++) {
      const ceremony = await begun(world, ticketToken);
      await Promise.all([
        provePassword(own(world), ceremony, GOOD_PASSWORD, null),
        n === 4 && world.db.transaction((tx) => stopRecoveries(tx, world.ctx, owner.id, "locked")),
      ]);
    }
    const open = (await world.db.select().from(session)).filter(({ endedAt }) => endedAt === null);
    const sessions = await Promise.all(open.map(async ({ ticketId }) => ticketId));
    expect(sessions.filter(Boolean)).toEqual([]);
  });

  test("of two officers works alike, for a day, without a letter", async () => {
    const { world, owner } = await withTicket();
    const before = (await world.mails()).length;
    const { token, code } = await world.db.transaction((tx) => issueTicket(tx, world.ctx, owner.id, "officers"));
    expect(await world.mails()).toHaveLength(before);
    expect(await viewTicket(world.ctx, token)).toMatchObject({ ok: true, value: { why: "officers" } });
    expect(await openTicketByCode(world.ctx, owner.identity, code)).toEqual({ ok: true, value: { token } });
    const here = await inSession(
      world,
      await provePassword(own(world), await begun(world, token), GOOD_PASSWORD, null),
    );
    const secret = await secretOf(here);
    expect((await confirmTotp(here, totpCode(secret, world.now()))).ok).toBe(true);
    world.moveClock(hours(24));
    expect(await viewTicket(world.ctx, token)).toEqual({ ok: false, error: "used" });
  });
});

/** What is left of an account's second factors. */
const factorsOf = async (world: World) => ({
  passkeys: (await world.db.select().from(passkey)).map(({ id }) => id),
  apps: (await world.db.select().from(totpCredential)).map(({ id }) => id),
  codes: (await world.db.select().from(recoveryCodeSet)).length,
});

const addLost = async (world: World, owner: WorldAccount) => {
  const old = await world.as(owner, ["password", "totp"]);
  const { passkeyId } = await enrolPasskey(old, phoneOf(old));
  await world.db.insert(recoveryCodeSet).values({ accountId: owner.id, salt: "-", madeAt: world.now() });
  return { passkeyId, old };
};

describe("the one enrolment of a ticket", () => {
  test("by an authenticator app removes every other second factor and the recovery codes, and ends every session", async () => {
    const { world, owner, here } = await atWork();
    const { old } = await addLost(world, owner);
    const secret = await secretOf(here);
    expect(await confirmTotp(here, totpCode(secret, world.now()))).toMatchObject({
      ok: true,
      value: { sessionToken: null },
    });
    const left = await factorsOf(world);
    expect(left).toMatchObject({ passkeys: [], codes: 0 });
    expect(left.apps).toHaveLength(1);
    for (const token of [old.sessionToken]) expect(await findSession(world.ctx, token)).toBeNull();
    expect((await world.db.select().from(session)).every(({ endedAt }) => endedAt !== null)).toBe(true);
    expect(await world.events("recovery.completed")).toHaveLength(1);
    expect(await world.events("enrolment_ticket.used")).toHaveLength(1);
    expect(await world.reload(owner)).toMatchObject({ asksTwoFactors: true, recoveredAt: world.now() });
    const told = (await world.mails()).filter(({ about }) => JSON.stringify(about).includes("second_factor_recovered"));
    expect(told.map(({ to }) => to)).toHaveLength(2);
  });

  test("by a passkey does the same, and signing in goes on with it", async () => {
    const { world, owner, here } = await atWork();
    const { passkeyId } = await addLost(world, owner);
    const phone = phoneOf(here);
    const options = await optionsToAdd(here);
    expect(options.excludeCredentials ?? [], "no lost one is in the way of the new one").toEqual([]);
    const added = await addPasskey(here, phone.create(options));
    expect(added).toMatchObject({ ok: true, value: { sessionToken: null } });
    expect(await factorsOf(world)).toEqual({
      passkeys: [added.ok && added.value.passkeyId],
      apps: [],
      codes: 0,
    });
    expect((await factorsOf(world)).passkeys).not.toContain(passkeyId);
  });

  test("is one, of many at once and of both kinds", async () => {
    const { world, here, ticketToken } = await atWork();
    const second = await inSession(
      world,
      await provePassword(world.ctx, await begun(world, ticketToken), GOOD_PASSWORD, null),
    );
    const secret = await secretOf(here);
    const made = phoneOf(second).create(await optionsToAdd(second));
    const code = totpCode(secret, world.now());
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => confirmTotp(here, code)),
      ...Array.from({ length: 5 }, () => addPasskey(second, made)),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("enrolment_ticket.used")).toHaveLength(1);
    const { passkeys, apps } = await factorsOf(world);
    expect([...passkeys, ...apps]).toHaveLength(1);
  });

  test("leaves a ticket that opens nothing again", async () => {
    const { world, owner, here, ticketToken } = await atWork();
    await confirmTotp(here, totpCode(await secretOf(here), world.now()));
    expect(await viewTicket(world.ctx, ticketToken)).toEqual({ ok: false, error: "used" });
    expect(await beginEnrolment(world.ctx, ticketToken, "/enrol")).toEqual({ ok: false, error: "used" });
    expect(await signInWithPassword(world.ctx, owner, GOOD_PASSWORD)).toMatchObject({ value: { step: "prove" } });
  });

  test("spends no ticket by a wrong code", async () => {
    const { world, here, ticketToken } = await atWork();
    await secretOf(here);
    expect(await confirmTotp(here, "000000")).toMatchObject({ ok: false });
    expect((await viewTicket(world.ctx, ticketToken)).ok).toBe(true);
  });

  test("has nothing to step up to", async () => {
    const { here } = await atWork();
    expect(await beginStepUp(here, "/settings")).toEqual({ step: "signed_out" });
  });
});

test("who has only the mailbox gets nothing: without two answers no wait begins, and without the password no ticket opens", async () => {
  const { world, ticketToken } = await withTicket();
  await world.db.update(account).set({ emailCodeOn: true }).where(eq(account.emailCodeOn, false));
  const ceremony = await begun(world, ticketToken);
  for (const factor of ["email_code", "recovery_code"] as const)
    expect((await proveCode(world.ctx, ceremony, factor, "000000", null)).ok).toBe(false);
  expect(await world.events("sign_in.succeeded")).toEqual([]);
});
