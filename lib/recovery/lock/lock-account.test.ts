import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { recovery } from "#db/schema/recovery.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { lockToken } from "#lib/kernel/lock-token.ts";
import { days, minutes, seconds } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type SignedIn, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { begunSignIn, givePassword, signInWithPassword } from "#lib/testing/sign-in.ts";
import { openReset } from "../forgotten-password/open-reset.ts";
import { viewReset } from "../forgotten-password/view-reset.ts";
import { lockOwnAccount } from "./lock-account.ts";
import { lockByLetter, viewLockLink } from "./lock-by-letter.ts";

const PASSWORD = "Teh-Tarik-Kurang-Manis-7";
const PERSONAL = "peribadi@contoh.example";
const isOpen = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken)) !== null;

/** Somebody with a second address for notices, at work in two browsers. */
async function somebody() {
  const world = await newWorld();
  const owner = await world.account({ password: PASSWORD, personalEmail: PERSONAL });
  await world.db.update(account).set({ personalEmailVerifiedAt: world.now() }).where(eq(account.id, owner.id));
  return { world, owner, here: await world.as(owner), there: await world.as(owner) };
}

/** Owes a notice, and answers the secret of the lock link in the newest one to this address. */
async function noticeTo(world: World, owner: WorldAccount, address = owner.officialEmail): Promise<string> {
  await world.db.transaction((tx) => notifyOwner(tx, world.ctx, owner.id, "password_changed"));
  const mail = (await drainMail(world.asSystem())).findLast(({ to }) => to === address);
  const token = /\/lock\/([\w-]+)/.exec(mail?.text ?? "")?.[1];
  if (!token) throw new Error(`No lock link in: ${mail?.text}`);
  return token;
}

describe("locking one's own account", () => {
  test("ends every session, keeps everybody out, and is told to every address", async () => {
    const { world, owner, here, there } = await somebody();
    expect(await lockOwnAccount(here)).toEqual({ ok: true, value: null });
    expect(await Promise.all([here, there].map(isOpen))).toEqual([false, false]);
    expect(await signInWithPassword(world.asBrowser({ ip: "198.51.100.1" }), owner, PASSWORD)).toEqual({
      ok: false,
      error: "mismatch",
    });
    expect(await world.events("account.locked")).toMatchObject([{ accountId: owner.id, data: { how: "settings" } }]);
    const mails = await drainMail(world.asSystem());
    expect(mails.map(({ to }) => to).toSorted()).toEqual([owner.officialEmail, PERSONAL].toSorted());
    for (const { subject, text } of mails) {
      expect(subject).toContain("Akaun dikunci");
      expect(text).toContain(`${world.ctx.origin}/recover`);
      expect(text, "nothing is left to lock").not.toContain("/lock/");
    }
  });

  test("asks for no fresh proof: it must be quick", async () => {
    const { world, here } = await somebody();
    world.moveClock(minutes(20));
    expect((await lockOwnAccount(here)).ok).toBe(true);
  });

  test("ends a sign-in that has given its password and waits for more", async () => {
    const { world, owner, here } = await somebody();
    const { totpCredential } = await import("#db/schema/second-factors.ts");
    await world.db.update(account).set({ asksTwoFactors: true }).where(eq(account.id, owner.id));
    const totp = { id: randomUUID(), secretSealed: "sealed", lastStep: 0, setAt: world.now() };
    await world.db.insert(totpCredential).values({ accountId: owner.id, ...totp });
    const browser = world.asBrowser({ ip: "198.51.100.1" });
    const waiting = await begunSignIn(browser, owner);
    expect(await givePassword(browser, waiting, PASSWORD)).toMatchObject({ value: { step: "prove" } });
    await lockOwnAccount(here);
    expect(await givePassword(browser, waiting, PASSWORD)).toEqual({ ok: false, error: "start_again" });
  });

  test("a new password that somebody is choosing at that moment opens nothing", async () => {
    const { world, owner, here } = await somebody();
    const { resetToken } = await world.db.transaction((tx) => openReset(tx, world.ctx, owner.id));
    await lockOwnAccount(here);
    expect(await viewReset(world.ctx, resetToken)).toEqual({ ok: false, error: "expired" });
  });

  test("a lost second factor that is being replaced stops", async () => {
    const { world, owner, here } = await somebody();
    await world.db.insert(recovery).values({
      id: randomUUID(),
      accountId: owner.id,
      mailbox: owner.officialEmail,
      tokenDigest: "t",
      codeDigest: "c",
      knownBrowser: false,
      requestedFrom: "Chrome pada Windows",
      createdAt: world.now(),
      startedAt: world.now(),
      readyAt: world.now(),
    });
    await lockOwnAccount(here);
    expect(await world.events("recovery.cancelled")).toMatchObject([{ data: { how: "locked" } }]);
  });

  test("fifty times at once locks it once and tells of it once", async () => {
    const { world, here, there } = await somebody();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => lockOwnAccount(n % 2 ? here : there)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.error !== "locked")).toEqual([]);
    expect(await world.events("account.locked")).toHaveLength(1);
    expect(await world.events("session.ended")).toHaveLength(2);
    expect(await world.mails()).toHaveLength(2);
  });

  test("no sign-in that finishes at the same moment stays open", async () => {
    const { world, owner } = await somebody();
    for (let round = 0; round < 6; round++) {
      const here = await world.as(owner);
      const browser = world.asBrowser({ ip: `198.51.100.${round}`, deviceToken: `browser ${round}` });
      const ceremony = await begunSignIn(browser, owner);
      const [signedIn] = await Promise.all([givePassword(browser, ceremony, PASSWORD), lockOwnAccount(here)]);
      if (signedIn.ok && signedIn.value.step === "established")
        expect(await findSession(world.ctx, signedIn.value.sessionToken)).toBeNull();
      await world.db.update(account).set({ status: "activated" }).where(eq(account.id, owner.id));
      if (signedIn.ok && signedIn.value.step === "established")
        expect(await findSession(world.ctx, signedIn.value.sessionToken), "its row ended, too").toBeNull();
    }
  });

  test("nobody locks without being signed in", async () => {
    const { world } = await somebody();
    expect(await lockOwnAccount(world.ctx)).toEqual({ ok: false, error: "signed_out" });
  });
});

describe("the lock link of a notice", () => {
  test("shows which letter it is of, and opening it changes nothing", async () => {
    const { world, owner, here } = await somebody();
    const token = await noticeTo(world, owner);
    const before = (await world.events()).length;
    for (let n = 0; n < 3; n++)
      expect(await viewLockLink(world.ctx, token)).toEqual({
        ok: true,
        value: { to: owner.officialEmail, sentAt: world.now() },
      });
    expect((await world.events()).length).toBe(before);
    expect(await isOpen(here)).toBe(true);
  });

  test("locks without signing in, from whichever address it was read at, and says so when it is done", async () => {
    const { world, owner, here } = await somebody();
    const token = await noticeTo(world, owner, PERSONAL);
    expect(await lockByLetter(world.ctx, token)).toEqual({ ok: true, value: { accountId: owner.id } });
    expect(await isOpen(here)).toBe(false);
    expect(await world.events("account.locked")).toMatchObject([{ actorKind: "nobody", data: { how: "letter" } }]);
    expect(await viewLockLink(world.ctx, token)).toEqual({ ok: false, error: "locked" });
    expect(await lockByLetter(world.ctx, token)).toEqual({ ok: false, error: "locked" });
  });

  test("is known by nothing that the database holds", async () => {
    const { world, owner } = await somebody();
    const token = await noticeTo(world, owner);
    expect(JSON.stringify(await world.mails())).not.toContain(token);
    const notice = (await world.mails()).find(({ to }) => to === owner.officialEmail);
    const ofOthers = { ...world.ctx.keys, link: { current: "k", keys: { k: Buffer.alloc(32) } } };
    const forged = lockToken(ofOthers, notice?.id ?? "");
    for (const wrong of [forged, `B${token.slice(1)}`, token.slice(0, -1), "", "never mailed"])
      expect(await lockByLetter(world.ctx, wrong)).toEqual({ ok: false, error: "unknown" });
    expect(await world.events("account.locked")).toEqual([]);
  });

  test("works for thirty days, and then says so", async () => {
    const { world, owner } = await somebody();
    const token = await noticeTo(world, owner);
    world.moveClock(days(30));
    expect(await viewLockLink(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    expect(await lockByLetter(world.ctx, token)).toEqual({ ok: false, error: "expired" });
    world.moveClock(seconds(-1));
    expect((await lockByLetter(world.ctx, token)).ok).toBe(true);
  });

  test("is dead once access was recovered after its letter, but the notice of that recovery locks", async () => {
    const { world, owner } = await somebody();
    const old = await noticeTo(world, owner);
    world.moveClock(minutes(5));
    const ofTheRecovery = await noticeTo(world, owner);
    await world.db
      .update(account)
      .set({ recoveredAt: new Date(world.now().getTime() + seconds(2)) })
      .where(eq(account.id, owner.id));
    expect(await viewLockLink(world.ctx, old)).toEqual({ ok: false, error: "recovered" });
    expect(await lockByLetter(world.ctx, old)).toEqual({ ok: false, error: "recovered" });
    expect((await lockByLetter(world.ctx, ofTheRecovery)).ok).toBe(true);
  });

  test.each([
    ["suspended", "not_open"],
    ["closed", "unknown"],
    ["locked", "locked"],
  ] as const)("of an account that is %s answers %s", async (status, error) => {
    const { world, owner } = await somebody();
    const token = await noticeTo(world, owner);
    await world.db.update(account).set({ status }).where(eq(account.id, owner.id));
    expect(await viewLockLink(world.ctx, token)).toEqual({ ok: false, error });
    expect(await lockByLetter(world.ctx, token)).toEqual({ ok: false, error });
  });

  test("pressed fifty times at once locks once", async () => {
    const { world, owner } = await somebody();
    const token = await noticeTo(world, owner);
    const answers = await Promise.all(Array.from({ length: 50 }, () => lockByLetter(world.ctx, token)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await world.events("account.locked")).toHaveLength(1);
  });
});
