import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { passkey } from "#db/schema/second-factors.ts";
import { confirmMailboxChange } from "#lib/account/mailbox/confirm-mailbox-change.ts";
import { requestMailboxChange } from "#lib/account/mailbox/request-mailbox-change.ts";
import { mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { enrolPasskey, phoneOf } from "#lib/testing/passkeys.ts";
import { signInWithPassword } from "#lib/testing/sign-in.ts";
import { resetPassword } from "../forgotten-password/reset-password.ts";
import { disownSignIn, viewDisownedSignIn } from "./disown-sign-in.ts";
import { restoreMailbox, viewMailboxRestore } from "./restore-mailbox.ts";

const THEIRS = "pencuri@contoh.example.gov.my";
const FURTHER = "jauh@contoh.example.gov.my";
const HOME = "aisyah@rumah.example";

/** The secret of the link that takes a change back, in the newest letter to `former`. */
async function undoLinkTo(world: World, former: string): Promise<string> {
  const mail = (await drainMail(world.asSystem())).filter(({ to }) => to === former).at(-1);
  const token = /\/undo\/([\w-]+)/.exec(mail?.text ?? "")?.[1];
  if (!token) throw new Error(`No link in: ${mail?.text}`);
  return token;
}

async function change(world: World, by: SignedIn, mailbox: string): Promise<void> {
  expect(await requestMailboxChange(by, "official", mailbox)).toMatchObject({ ok: true });
  const { token } = proofIn((await drainMail(world.asSystem())).findLast(({ to }) => to === mailbox));
  expect(await confirmMailboxChange(by, token)).toMatchObject({ ok: true });
}

/** A thief at work in somebody's account has changed its official mailbox. */
async function stolen() {
  const world = await newWorld();
  const owner = await world.account({ password: true });
  await world.db.update(account).set({ personalEmail: HOME, personalEmailVerifiedAt: world.now() });
  const thief = await world.as(owner);
  await change(world, thief, THEIRS);
  return { world, owner, thief, token: await undoLinkTo(world, owner.officialEmail) };
}

const isOpen = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken)) !== null;
const everything = async (world: World) =>
  JSON.stringify([await world.events(), await world.mails(), await world.db.select().from(account)]);
const signsIn = (world: World, owner: WorldAccount) =>
  signInWithPassword(world.asBrowser({ deviceToken: "own" }), owner, owner.password ?? "");

describe("the link to the former mailbox", () => {
  test("shows what was changed, when and from where, and opening it changes nothing", async () => {
    const { world, owner, token } = await stolen();
    const before = await everything(world);
    expect(await viewMailboxRestore(world.ctx, token)).toEqual({
      ok: true,
      value: { mailbox: owner.officialEmail, at: world.now(), device: "Chrome pada Windows", again: false },
    });
    expect(await everything(world)).toBe(before);
    expect(await viewMailboxRestore(world.ctx, "never mailed")).toEqual({ ok: false, error: "unknown" });
  });

  test("works for seven days from when its letter left, and then says so", async () => {
    const { world, owner, token } = await stolen();
    world.moveClock(days(6.9));
    expect(await viewMailboxRestore(world.ctx, token)).toMatchObject({ ok: true });
    world.moveClock(days(0.1));
    for (const look of [viewMailboxRestore, restoreMailbox])
      expect(await look(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    expect((await world.reload(owner)).officialEmail).toBe(THEIRS);
  });

  test("opens nothing of an account that is closed", async () => {
    const { world, owner, token } = await stolen();
    await world.db.update(account).set({ status: "closed" }).where(eq(account.id, owner.id));
    expect(await restoreMailbox(world.ctx, token)).toEqual({ ok: false, error: "unknown" });
  });
});

describe("taking a change of the official mailbox back", () => {
  test("is told to the mailbox that is put out without a link that locks, and with one to the owner's", async () => {
    const { world, owner, token } = await stolen();
    world.moveClock(hours(3));
    await restoreMailbox(world.ctx, token);
    const told = (await drainMail(world.asSystem())).filter(({ subject }) =>
      subject.startsWith("Emel rasmi dipulihkan"),
    );
    const locks = told.map(({ to, text }) => [to, text.includes("/lock/")]).toSorted();
    expect(locks).toEqual(
      [
        [HOME, true],
        [owner.officialEmail, true],
        [THEIRS, false],
      ].toSorted(),
    );
  });

  test("puts it back, ends everything, and leads to a new password", async () => {
    const { world, owner, thief, token } = await stolen();
    const elsewhere = await world.as(owner);
    world.moveClock(hours(3));
    const restored = await restoreMailbox(world.ctx, token);
    expect(restored).toMatchObject({ ok: true, value: { resetToken: expect.any(String) } });
    expect(await world.reload(owner)).toMatchObject({
      officialEmail: owner.officialEmail,
      officialEmailVerifiedAt: world.now(),
      recoveredAt: world.now(),
      personalEmail: HOME,
    });
    expect(await Promise.all([isOpen(thief), isOpen(elsewhere)])).toEqual([false, false]);
    expect(await signsIn(world, owner)).toEqual({ ok: false, error: "mismatch" });
    const types = (await world.events()).map(({ type }) => type);
    for (const type of ["mailbox.restored", "password.disabled", "session.ended"]) expect(types).toContain(type);
  });

  test("is told to every address, the one it was taken from included", async () => {
    const { world, owner, token } = await stolen();
    await restoreMailbox(world.ctx, token);
    const told = (await world.mails()).filter(
      ({ about }) => (about as { change?: string }).change === "official_email_restored",
    );
    expect(told.map(({ to }) => to).toSorted()).toEqual([HOME, owner.officialEmail, THEIRS].toSorted());
  });

  test("holds the official mailbox for 48 hours, and ends what was asked for", async () => {
    const { world, owner, thief, token } = await stolen();
    world.moveClock(minutes(5));
    await requestMailboxChange(thief, "official", FURTHER);
    const asked = proofIn((await drainMail(world.asSystem())).findLast(({ to }) => to === FURTHER));
    await restoreMailbox(world.ctx, token);
    const again = await world.as(owner);
    expect(await confirmMailboxChange(again, asked.token)).toEqual({ ok: false, error: "superseded" });
    expect((await world.db.select().from(mailboxChange)).every((one) => one.consumedAt ?? one.supersededAt)).toBe(true);
    expect(await requestMailboxChange(again, "official", FURTHER)).toMatchObject({ error: "on_hold" });
  });

  test("ends the links of later changes: the thief does not undo the undoing", async () => {
    const { world, owner, thief, token } = await stolen();
    world.moveClock(minutes(5));
    await change(world, thief, FURTHER);
    const thiefs = await undoLinkTo(world, THEIRS);
    expect(await restoreMailbox(world.ctx, token)).toMatchObject({ ok: true });
    expect(await restoreMailbox(world.ctx, thiefs)).toEqual({ ok: false, error: "expired" });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("works after the thief has used the link of a later change", async () => {
    const { world, owner, thief, token } = await stolen();
    world.moveClock(minutes(5));
    await change(world, thief, FURTHER);
    expect(await restoreMailbox(world.ctx, await undoLinkTo(world, THEIRS))).toMatchObject({ ok: true });
    expect((await world.reload(owner)).officialEmail).toBe(THEIRS);
    expect(await restoreMailbox(world.ctx, token)).toMatchObject({ ok: true });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("is what changing it back by oneself is too: the mailbox in between gets no link, only the notice", async () => {
    const { world, owner, thief, token } = await stolen();
    await signsIn(world, owner);
    world.moveClock(minutes(5));
    await signInWithPassword(world.asBrowser({ deviceToken: "thief's" }), owner, owner.password ?? "");
    const notMe = await undoLinkTo(world, THEIRS);
    await change(world, thief, FURTHER);
    const thiefs = await undoLinkTo(world, THEIRS);
    world.moveClock(minutes(5));
    const own = await world.as(owner);
    await change(world, own, owner.officialEmail);
    expect(await restoreMailbox(world.ctx, thiefs)).toEqual({ ok: false, error: "expired" });
    expect(await restoreMailbox(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await disownSignIn(world.ctx, notMe)).toEqual({ ok: false, error: "expired" });
    const there = (await drainMail(world.asSystem())).filter(({ to }) => to === FURTHER).map(({ text }) => text);
    expect(there.join(), "it is told, and may lock").toContain("/lock/");
    expect(there.join()).not.toContain("/undo/");
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("takes what was set up in the session that changed it, and nothing else", async () => {
    const world = await newWorld();
    const owner = await world.account({ password: true });
    const own = await world.as(owner);
    const { passkeyId } = await enrolPasskey(own, phoneOf(own));
    const thief = await world.as(owner, ["password", "passkey_verified"]);
    await enrolPasskey(thief, phoneOf(thief));
    await change(world, thief, THEIRS);
    await restoreMailbox(world.ctx, await undoLinkTo(world, owner.officialEmail));
    expect(await world.db.select({ id: passkey.id }).from(passkey)).toEqual([{ id: passkeyId }]);
  });

  test("takes what was set up anywhere since: the thief signs in twice", async () => {
    const world = await newWorld();
    const owner = await world.account({ password: true });
    const own = await world.as(owner);
    const { passkeyId } = await enrolPasskey(own, phoneOf(own));
    const thief = await world.as(owner, ["password", "passkey_verified"]);
    world.moveClock(minutes(1));
    await change(world, thief, THEIRS);
    const token = await undoLinkTo(world, owner.officialEmail);
    world.moveClock(minutes(1));
    const again = await world.as(owner, ["password", "passkey_verified"]);
    await enrolPasskey(again, phoneOf(again));
    await restoreMailbox(world.ctx, token);
    expect(await world.db.select({ id: passkey.id }).from(passkey)).toEqual([{ id: passkeyId }]);
  });

  test("ends the links that the thief's own sign-ins were told of by, in the thief's mailbox", async () => {
    const { world, owner, token } = await stolen();
    await signsIn(world, owner);
    world.moveClock(minutes(5));
    await signInWithPassword(world.asBrowser({ deviceToken: "thief's" }), owner, owner.password ?? "");
    const thiefs = await undoLinkTo(world, THEIRS);
    expect(await viewDisownedSignIn(world.ctx, thiefs)).toMatchObject({ ok: true });
    const restored = await restoreMailbox(world.ctx, token);
    const resetToken = restored.ok ? restored.value.resetToken : "";
    const proof = { identity: owner.identity, answers: [] };
    expect(await resetPassword(world.ctx, resetToken, proof, "Nasi-Lemak-Ikan-Bilis-4")).toMatchObject({ ok: true });
    expect(await disownSignIn(world.ctx, thiefs)).toEqual({ ok: false, error: "expired" });
    expect(
      await signInWithPassword(world.asBrowser({ deviceToken: "own" }), owner, "Nasi-Lemak-Ikan-Bilis-4"),
    ).toMatchObject({ ok: true });
  });

  test("ends links whose letters leave only afterwards, too", async () => {
    const { world, owner, thief, token } = await stolen();
    await signsIn(world, owner);
    world.moveClock(minutes(5));
    await signInWithPassword(world.asBrowser({ deviceToken: "thief's" }), owner, owner.password ?? "");
    const wanted = await requestMailboxChange(thief, "official", FURTHER);
    expect(wanted).toMatchObject({ ok: true });
    const [asked] = await world.db.select().from(mailboxChange).where(eq(mailboxChange.mailbox, FURTHER));
    await confirmMailboxChange(thief, mailedToken(world.ctx.keys, "mailbox", asked?.id ?? ""));
    expect((await world.reload(owner)).officialEmail).toBe(FURTHER);
    expect(await restoreMailbox(world.ctx, token)).toMatchObject({ ok: true });
    await drainMail(world.asSystem());
    const links = await world.db.select().from(undoLink);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter(({ usedAt, expiresAt }) => !usedAt && expiresAt > world.now())).toEqual([]);
  });

  test("fifty times at once is done once; the others lead to the new password", async () => {
    const { world, token } = await stolen();
    const answers = await Promise.all(Array.from({ length: 50 }, () => restoreMailbox(world.ctx, token)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await world.events("mailbox.restored")).toHaveLength(1);
    expect(await world.events("password.disabled")).toHaveLength(1);
    expect(await viewMailboxRestore(world.ctx, token)).toMatchObject({ value: { again: true } });
  });

  test("is over once a new password was chosen", async () => {
    const { world, token } = await stolen();
    await restoreMailbox(world.ctx, token);
    await world.db.update(passwordCredential).set({ disabledAt: null });
    for (const look of [viewMailboxRestore, restoreMailbox])
      expect(await look(world.ctx, token)).toEqual({ ok: false, error: "used" });
    expect(await world.events("mailbox.restored")).toHaveLength(1);
  });

  test("is not stood in the way of by a registration that nobody has proven", async () => {
    const { world, owner, token } = await stolen();
    const made = await world.account({ status: "registered", officialEmail: owner.officialEmail });
    expect(await restoreMailbox(world.ctx, token)).toMatchObject({ ok: true });
    expect(await world.reload(owner)).toMatchObject({ status: "activated", officialEmail: owner.officialEmail });
    expect((await world.reload(made)).status).toBe("closed");
    expect(await world.events("account.lapsed")).toMatchObject([{ accountId: made.id }]);
  });

  test("locks the account where somebody else has the address by now", async () => {
    const { world, owner, thief, token } = await stolen();
    const successor = await world.account({ officialEmail: owner.officialEmail });
    for (let n = 0; n < 2; n++) expect(await restoreMailbox(world.ctx, token)).toEqual({ ok: false, error: "taken" });
    expect(await viewMailboxRestore(world.ctx, token)).toEqual({ ok: false, error: "taken" });
    expect(await world.reload(owner)).toMatchObject({ status: "locked", officialEmail: THEIRS });
    expect(await world.reload(successor)).toMatchObject({ status: "activated", officialEmail: owner.officialEmail });
    expect(await isOpen(thief)).toBe(false);
    expect(await world.events("account.locked")).toHaveLength(1);
  });
});
