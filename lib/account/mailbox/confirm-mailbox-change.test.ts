import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { passwordReset, recovery } from "#db/schema/recovery.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { minutes } from "#lib/kernel/time.ts";
import { findSession } from "#lib/session/session.ts";
import { ceremonyOf, issueCode } from "#lib/testing/email-code.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import { newWorld, type SignedIn, type World } from "#lib/testing/new-world.ts";
import { confirmMailboxByCode, confirmMailboxChange } from "./confirm-mailbox-change.ts";
import { requestMailboxChange } from "./request-mailbox-change.ts";
import { viewMailbox, viewMailboxChange } from "./view-mailbox.ts";

const NEW = "baharu@contoh.example.gov.my";
const HOME = "aisyah@rumah.example";

async function asked(which: "official" | "personal" = "official", mailbox = which === "official" ? NEW : HOME) {
  const world = await newWorld();
  const owner = await world.account();
  const here = await world.as(owner);
  const { token, code } = await ask(world, here, which, mailbox);
  return { world, owner, here, token, code };
}

async function ask(world: World, by: SignedIn, which: "official" | "personal", mailbox: string) {
  expect(await requestMailboxChange(by, which, mailbox)).toMatchObject({ ok: true });
  return proofIn((await drainMail(world.asSystem())).at(-1));
}

const isOpen = async (ctx: SignedIn) => (await findSession(ctx, ctx.sessionToken)) !== null;
/** To whom what was owed, by address. */
const letters = async (world: World) =>
  (await world.mails()).map(({ kind, to, about }) => [to, (about as { change?: string }).change ?? kind]).toSorted();

describe("the link to a new mailbox", () => {
  test("shows what it is about, and opening it changes nothing", async () => {
    const { world, owner, here, token } = await asked();
    const before = JSON.stringify([await world.events(), await world.db.select().from(mailboxChange)]);
    expect(await viewMailboxChange(here, token)).toEqual({
      ok: true,
      value: { which: "official", mailbox: NEW, whose: "yours" },
    });
    expect(await viewMailboxChange(world.ctx, token)).toMatchObject({ value: { whose: "unknown" } });
    expect(await viewMailboxChange(await world.as(await world.account()), token)).toMatchObject({
      value: { whose: "others" },
    });
    expect(JSON.stringify([await world.events(), await world.db.select().from(mailboxChange)])).toBe(before);
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("works for 30 minutes from when its letter left", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const here = await world.as(owner);
    await requestMailboxChange(here, "official", NEW);
    world.moveClock(minutes(20));
    const { token } = proofIn((await drainMail(world.asSystem())).at(-1));
    world.moveClock(minutes(29));
    expect(await viewMailboxChange(here, token)).toMatchObject({ ok: true });
    world.moveClock(minutes(1));
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: false, error: "expired" });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("opens nothing for nobody, for an ended session, and for a token that was never mailed", async () => {
    const { world, here, token } = await asked();
    expect(await confirmMailboxChange(world.ctx, token)).toEqual({ ok: false, error: "signed_out" });
    expect(await confirmMailboxChange(here, "never mailed")).toEqual({ ok: false, error: "unknown" });
    await world.db.update(session).set({ endedAt: world.now(), endedWhy: "signed_out" });
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: false, error: "signed_out" });
    expect(await world.events("mailbox.changed")).toEqual([]);
  });

  test("changes nothing for somebody signed in as another account, which is recorded", async () => {
    const { world, owner, token } = await asked();
    const other = await world.account();
    expect(await confirmMailboxChange(await world.as(other), token)).toEqual({ ok: false, error: "other_account" });
    expect(await world.reload(owner)).toMatchObject({ officialEmail: owner.officialEmail });
    expect(await world.reload(other)).toMatchObject({ officialEmail: other.officialEmail });
    expect(await world.events("mailbox_change.refused")).toMatchObject([
      { accountId: owner.id, actorId: other.id, data: { reason: "other_account" } },
    ]);
  });
});

describe("a new official mailbox that is proven", () => {
  test("takes the place of the former one, and every address is told", async () => {
    const { world, owner, here, token } = await asked();
    await world.db.update(account).set({ personalEmail: HOME, personalEmailVerifiedAt: world.now() });
    world.moveClock(minutes(3));
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: true, value: { which: "official" } });
    expect(await world.reload(owner)).toMatchObject({ officialEmail: NEW, officialEmailVerifiedAt: world.now() });
    expect(await letters(world)).toEqual([
      [HOME, "official_email_changed"],
      [NEW, "mailbox_proof"],
      [NEW, "official_email_changed"],
      [owner.officialEmail, "mailbox_changed"],
    ]);
    const former = (await drainMail(world.asSystem())).find(({ to }) => to === owner.officialEmail);
    expect(former?.text).toMatch(/\/undo\/[\w-]{43}/);
    expect(former?.text).toMatch(/\/lock\/[\w-]{43}/);
    expect(await viewMailbox(here, "official")).toMatchObject({ address: NEW, verified: true, awaited: null });
  });

  test("is proven to work: letters go there, whatever came back from it before", async () => {
    const { world, here, token } = await asked();
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox: NEW, why: "no_such_mailbox", isFinal: true, since: world.now() });
    await confirmMailboxChange(here, token);
    expect((await drainMail(world.asSystem())).filter(({ to }) => to === NEW)).toHaveLength(2);
    expect(await world.db.select().from(undeliverableMailbox)).toEqual([]);
  });

  test("ends what lies in the former one", async () => {
    const { world, owner, here, token } = await asked();
    await issueCode(world.ctx, owner.id, await ceremonyOf(world.ctx, owner.id));
    const common = { accountId: owner.id, mailbox: owner.officialEmail, createdAt: world.now(), knownBrowser: true };
    const soon = new Date(world.now().getTime() + minutes(30));
    await world.db.insert(passwordReset).values({ ...common, id: randomUUID(), tokenDigest: "reset", expiresAt: soon });
    await world.db
      .insert(recovery)
      .values({ ...common, id: randomUUID(), tokenDigest: "recovery", codeDigest: "-", requestedFrom: "-" });
    await confirmMailboxChange(here, token);
    expect(await world.db.select().from(emailCode)).toMatchObject([{ supersededAt: world.now() }]);
    expect(await world.db.select().from(passwordReset)).toMatchObject([{ expiresAt: world.now() }]);
    expect(await world.db.select().from(recovery)).toMatchObject([{ supersededAt: world.now() }]);
  });

  test("ends the sessions that a code to the former one opened, and no other", async () => {
    const { world, owner, here, token } = await asked();
    const byMail = await world.as(owner);
    const proofs = [{ factor: "email_code" as const, at: world.now().toISOString(), credential: owner.id }];
    await world.db.update(session).set({ proofs }).where(eq(session.id, byMail.actor.sessionId));
    const elsewhere = await world.as(owner);
    await confirmMailboxChange(here, token);
    expect(await Promise.all([isOpen(byMail), isOpen(elsewhere), isOpen(here)])).toEqual([false, true, true]);
  });

  test("fifty times at once is made once", async () => {
    const { world, here, token } = await asked();
    const answers = await Promise.all(Array.from({ length: 50 }, () => confirmMailboxChange(here, token)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(answers.filter(({ ok }) => !ok).map((answer) => !answer.ok && answer.error))).toEqual(
      new Set(["used"]),
    );
    expect(await world.events("mailbox.changed")).toHaveLength(1);
    expect((await letters(world)).filter(([, what]) => what === "mailbox_changed")).toHaveLength(1);
  });

  test("by two accounts at the same moment becomes that of one; the other is told", async () => {
    const { world, here, token } = await asked();
    const rival = await world.as(await world.account());
    // Its letter is held back: one to this address went out a moment ago.
    world.moveClock(minutes(2));
    const theirs = await ask(world, rival, "official", NEW);
    const answers = await Promise.all([confirmMailboxChange(here, token), confirmMailboxChange(rival, theirs.token)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: "taken" });
    expect(await world.db.select().from(account).where(eq(account.officialEmail, NEW))).toHaveLength(1);
    expect(await world.events("mailbox_change.refused")).toMatchObject([{ data: { reason: "taken" } }]);
  });

  test("is not made where it became the personal one meanwhile", async () => {
    const { world, owner, here, token } = await asked();
    await world.db.update(account).set({ personalEmail: NEW, personalEmailVerifiedAt: world.now() });
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: false, error: "superseded" });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });
});

describe("a new personal mailbox that is proven", () => {
  test("gets notices from now on; the former one is told a last time", async () => {
    const { world, owner, here, token } = await asked("personal");
    await world.db.update(account).set({ personalEmail: "lama@rumah.example", personalEmailVerifiedAt: world.now() });
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: true, value: { which: "personal" } });
    expect(await world.reload(owner)).toMatchObject({ personalEmail: HOME, personalEmailVerifiedAt: world.now() });
    expect(await letters(world)).toEqual([
      [HOME, "mailbox_proof"],
      [HOME, "personal_email_set"],
      ["lama@rumah.example", "personal_email_set"],
      [owner.officialEmail, "personal_email_set"],
    ]);
    expect(await isOpen(here)).toBe(true);
  });
});

describe("the code of the letter", () => {
  test("typed by who asked makes the change", async () => {
    const { world, owner, here, code } = await asked();
    expect(await confirmMailboxByCode(here, "personal", code), "it was for the other one").toMatchObject({
      error: "code_mismatch",
    });
    expect(await confirmMailboxByCode(here, "official", code)).toEqual({ ok: true, value: { which: "official" } });
    expect((await world.reload(owner)).officialEmail).toBe(NEW);
    expect(await confirmMailboxByCode(here, "official", code)).toMatchObject({ ok: false, error: "code_mismatch" });
  });

  test("is worth nothing to another account", async () => {
    const { world, owner, code } = await asked();
    const stranger = await world.as(await world.account());
    await requestMailboxChange(stranger, "official", "orang@contoh.example.gov.my");
    expect(await confirmMailboxByCode(stranger, "official", code)).toMatchObject({ error: "code_mismatch" });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });

  test("is looked at five times a letter; its link works on", async () => {
    const { world, here, token, code } = await asked();
    for (let n = 1; n <= 5; n++)
      expect(await confirmMailboxByCode(here, "official", "00000000")).toMatchObject({
        error: n < 5 ? "code_mismatch" : "code_tries_used",
      });
    expect(await viewMailbox(here, "official")).toMatchObject({ awaited: { triesLeft: 0 } });
    expect(await confirmMailboxByCode(here, "official", code)).toMatchObject({ error: "code_tries_used" });
    expect((await world.events("mailbox_change.refused")).at(-1)).toMatchObject({
      data: { reason: "code_tries_used" },
    });
    expect(await confirmMailboxChange(here, token)).toMatchObject({ ok: true });
  });

  test("of two hundred wrong ones at once is compared with ten an account, from however many addresses", async () => {
    const { here } = await asked();
    const browsers = Array.from({ length: 200 }, (_, n) => ({
      ...here,
      request: { ...here.request, ip: `198.51.100.${n}` },
    }));
    const answers = await Promise.all(browsers.map((by) => confirmMailboxByCode(by, "official", "00000000")));
    expect(answers.filter((answer) => !answer.ok && answer.error !== "too_many")).toHaveLength(10);
    expect(await viewMailbox(here, "official")).toMatchObject({ awaited: { triesLeft: 0 } });
  });

  test.each([1, 31, 60 * 23])(
    "counts down alike where the address is somebody else's, after %i minutes",
    async (late) => {
      const world = await newWorld();
      const [owner, other] = [await world.account(), await world.account()];
      for (const mailbox of [NEW, other.officialEmail]) {
        const asking = await world.as(owner);
        await requestMailboxChange(asking, "official", mailbox);
        await drainMail(world.asSystem());
        world.moveClock(minutes(late));
        const here = await world.as(owner);
        for (let n = 1; n <= 5; n++)
          expect(await confirmMailboxByCode(here, "official", "00000000"), mailbox).toMatchObject({
            error: n < 5 ? "code_mismatch" : "code_tries_used",
          });
        expect(await viewMailbox(here, "official")).toMatchObject({ awaited: { mailbox, triesLeft: 0 } });
        world.moveClock(minutes(11));
      }
    },
  );
});
