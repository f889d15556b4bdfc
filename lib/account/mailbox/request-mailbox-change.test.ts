import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { hours, minutes, seconds } from "#lib/kernel/time.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { proofIn } from "#lib/testing/mailbox.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { confirmMailboxChange } from "./confirm-mailbox-change.ts";
import { removePersonalEmail } from "./remove-personal-email.ts";
import { requestMailboxChange } from "./request-mailbox-change.ts";
import { viewMailbox } from "./view-mailbox.ts";
import { withdrawMailboxChange } from "./withdraw-mailbox-change.ts";

const NEW = "baharu@contoh.example.gov.my";
const HOME = "aisyah@rumah.example";

async function someone() {
  const world = await newWorld();
  const owner = await world.account({ fullName: "Aisyah binti Contoh" });
  return { world, owner, here: await world.as(owner) };
}

const lettersTo = async (world: World, to: string) => (await world.mails()).filter((mail) => mail.to === to);
const reasons = async (world: World) =>
  (await world.events("mailbox_change.refused")).map(({ accountId, data }) => [
    accountId,
    (data as { reason: string }).reason,
  ]);

describe("asking for another mailbox", () => {
  test("changes nothing, and writes to the new one alone", async () => {
    const { world, owner, here } = await someone();
    const before = await world.reload(owner);
    expect(await requestMailboxChange(here, "official", ` ${NEW.toUpperCase()} `)).toEqual({
      ok: true,
      value: { mailbox: NEW },
    });
    expect(await world.reload(owner)).toEqual(before);
    expect(await world.mails()).toMatchObject([{ kind: "mailbox_proof", to: NEW }]);
    expect(await viewMailbox(here, "official")).toMatchObject({
      address: owner.officialEmail,
      awaited: { mailbox: NEW, askedAt: world.now(), triesLeft: 5 },
    });
  });

  test("tells who reads the new mailbox neither a name nor an address, and keeps digests only", async () => {
    const { world, owner, here } = await someone();
    await requestMailboxChange(here, "official", NEW);
    const [mail] = await drainMail(world.asSystem());
    for (const part of [mail?.subject, mail?.text, mail?.html]) {
      expect(part).not.toContain("Aisyah");
      expect(part).not.toContain(owner.officialEmail);
    }
    const { token, code } = proofIn(mail);
    const kept = JSON.stringify([
      await world.db.select().from(mailboxChange),
      await world.mails(),
      await world.events(),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(code);
  });

  test.each([
    ["pegawai@contoh.example.gov.my.jahat.example", "email_domain"],
    ["pegawai@c\u043entoh.example.gov.my", "email_characters"],
    ["pegawai@xn--cntoh-jye.example.gov.my", "email_characters"],
    ["pegawai+satu@contoh.example.gov.my", "email_plus"],
    ["pegawai@gmail.com", "email_personal"],
    ["pegawai@contoh.example.gov.my\r\nBcc: lain@jahat.example", "email_shape"],
    ["tiada alamat", "email_shape"],
    [`${"a".repeat(5_000)}@contoh.example.gov.my`, "email_too_long"],
  ])("of the agency refuses %s: %s", async (typed, refusal) => {
    const { world, here } = await someone();
    expect(await requestMailboxChange(here, "official", typed)).toEqual({ ok: false, error: refusal });
    expect(await world.mails()).toEqual([]);
    expect(await world.db.select().from(mailboxChange)).toEqual([]);
  });

  test("refuses what it is already, and the account's other one", async () => {
    const { world, owner, here } = await someone();
    await world.db.update(account).set({ personalEmail: HOME, personalEmailVerifiedAt: world.now() });
    expect(await requestMailboxChange(here, "official", owner.officialEmail.toUpperCase())).toMatchObject({
      error: "mailbox_same",
    });
    expect(await requestMailboxChange(here, "personal", HOME)).toMatchObject({ error: "mailbox_same" });
    expect(await requestMailboxChange(here, "personal", owner.officialEmail)).toMatchObject({
      error: "mailbox_is_official",
    });
    await world.db.update(account).set({ personalEmail: NEW });
    expect(await requestMailboxChange(here, "official", NEW)).toMatchObject({ error: "mailbox_is_personal" });
  });

  test("proves the one it has where that was never done", async () => {
    const { world, owner, here } = await someone();
    await world.db.update(account).set({ officialEmailVerifiedAt: null });
    expect(await requestMailboxChange(here, "official", owner.officialEmail)).toMatchObject({ ok: true });
    const { token } = proofIn((await drainMail(world.asSystem())).at(-1));
    expect(await confirmMailboxChange(here, token)).toMatchObject({ ok: true });
    expect((await world.reload(owner)).officialEmailVerifiedAt).toEqual(world.now());
    expect(
      (await world.mails()).map(({ kind }) => kind),
      "there is no former one to write to",
    ).not.toContain("mailbox_changed");
  });
});

describe("an official mailbox that another account has", () => {
  test("gets the same answer and the same page; its owner is told, and nobody gets a proof", async () => {
    const { world, owner, here } = await someone();
    const other = await world.account();
    const answer = await requestMailboxChange(here, "official", other.officialEmail);
    expect(answer).toEqual({ ok: true, value: { mailbox: other.officialEmail } });
    expect(await viewMailbox(here, "official")).toMatchObject({
      awaited: { mailbox: other.officialEmail, triesLeft: 5 },
    });
    expect(await world.mails()).toMatchObject([
      { kind: "mailbox_taken", accountId: other.id, to: other.officialEmail },
    ]);
    expect(await reasons(world), "not on the trail of who asked").toEqual([[other.id, "taken"]]);
    expect((await world.events()).filter(({ accountId }) => accountId === owner.id).map(({ type }) => type)).toEqual([
      "mailbox_change.issued",
    ]);
  });

  test("which is closed is free", async () => {
    const { world, here } = await someone();
    const gone = await world.account({ status: "closed" });
    await requestMailboxChange(here, "official", gone.officialEmail);
    expect(await world.mails()).toMatchObject([{ kind: "mailbox_proof" }]);
  });

  test("is written to at most once a minute, however many accounts ask", async () => {
    const { world } = await someone();
    const victim = await world.account();
    const strangers = await Promise.all(Array.from({ length: 8 }, async () => world.as(await world.account())));
    await Promise.all(strangers.map((by) => requestMailboxChange(by, "official", victim.officialEmail)));
    expect(await lettersTo(world, victim.officialEmail)).toHaveLength(1);
  });
});

describe("letters to a new mailbox", () => {
  test("go once a minute and five an hour to one address", async () => {
    const { world, here } = await someone();
    expect(await requestMailboxChange(here, "personal", HOME)).toMatchObject({ ok: true });
    world.moveClock(seconds(59));
    expect(await requestMailboxChange(here, "personal", HOME)).toEqual({ ok: false, error: "throttled" });
    for (let n = 0; n < 6; n++) {
      world.moveClock(minutes(2));
      const again = await world.as({ id: here.actor.accountId });
      expect(await requestMailboxChange(again, "personal", HOME)).toMatchObject({ ok: n < 4 });
    }
    expect(await lettersTo(world, HOME)).toHaveLength(5);
  });

  test("go ten an hour to all addresses of an account together", async () => {
    const { world, here } = await someone();
    for (let n = 0; n < 12; n++)
      expect(await requestMailboxChange(here, "personal", `aisyah${n}@rumah.example`)).toMatchObject({ ok: n < 10 });
    expect(await reasons(world)).toEqual([
      [here.actor.accountId, "throttled"],
      [here.actor.accountId, "throttled"],
    ]);
  });

  test("asked for twenty times at once go once", async () => {
    const { world, here } = await someone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => requestMailboxChange(here, "personal", HOME)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await lettersTo(world, HOME)).toHaveLength(1);
  });

  test("asked for by many accounts are held back without a sign of it", async () => {
    const { world } = await someone();
    const askers = await Promise.all(Array.from({ length: 4 }, async () => world.as(await world.account())));
    for (const by of askers) expect(await requestMailboxChange(by, "personal", HOME)).toMatchObject({ ok: true });
    expect(await lettersTo(world, HOME)).toHaveLength(1);
  });

  test("end when another address is asked for, and when the change is withdrawn", async () => {
    const { world, here } = await someone();
    await requestMailboxChange(here, "personal", HOME);
    const first = proofIn((await drainMail(world.asSystem())).at(-1));
    await requestMailboxChange(here, "personal", "lain@rumah.example");
    const second = proofIn((await drainMail(world.asSystem())).at(-1));
    expect(await confirmMailboxChange(here, first.token)).toEqual({ ok: false, error: "superseded" });
    await withdrawMailboxChange(here, "personal");
    expect(await confirmMailboxChange(here, second.token)).toEqual({ ok: false, error: "superseded" });
    expect(await viewMailbox(here, "personal")).toMatchObject({ address: null, awaited: null });
    expect(await world.events("mailbox_change.withdrawn")).toMatchObject([{ data: { which: "personal" } }]);
  });

  test("to the same address end when the newer one is handed over, not before", async () => {
    const { world, here } = await someone();
    await requestMailboxChange(here, "personal", HOME);
    const first = proofIn((await drainMail(world.asSystem())).at(-1));
    world.moveClock(minutes(2));
    await requestMailboxChange(here, "personal", HOME);
    const { viewMailboxChange } = await import("./view-mailbox.ts");
    expect(await viewMailboxChange(here, first.token)).toMatchObject({ ok: true });
    const second = proofIn((await drainMail(world.asSystem())).at(-1));
    expect(await viewMailboxChange(here, first.token)).toEqual({ ok: false, error: "superseded" });
    expect(await confirmMailboxChange(here, second.token)).toMatchObject({ ok: true });
  });
});

describe("after access was recovered", () => {
  test("the official mailbox stays for 48 hours, to the second; the personal one may change", async () => {
    const { world, owner, here } = await someone();
    const recoveredAt = world.now();
    await world.db.update(account).set({ recoveredAt }).where(eq(account.id, owner.id));
    const until = new Date(recoveredAt.getTime() + hours(48));
    expect(await requestMailboxChange(here, "official", NEW)).toEqual({ ok: false, error: "on_hold", until });
    expect(await viewMailbox(here, "official")).toMatchObject({ heldUntil: until });
    expect(await requestMailboxChange(here, "personal", HOME)).toMatchObject({ ok: true });
    expect(await world.mails()).toMatchObject([{ to: HOME }]);
    world.moveClock(hours(47));
    expect(await requestMailboxChange(await world.as(owner), "official", NEW)).toMatchObject({ error: "on_hold" });
    world.moveClock(hours(1));
    expect(await requestMailboxChange(await world.as(owner), "official", NEW)).toMatchObject({ ok: true });
    expect(await reasons(world)).toEqual([
      [owner.id, "on_hold"],
      [owner.id, "on_hold"],
    ]);
  });

  test("what was asked for before it is worth nothing", async () => {
    const { world, owner, here } = await someone();
    await requestMailboxChange(here, "official", NEW);
    const { token } = proofIn((await drainMail(world.asSystem())).at(-1));
    world.moveClock(minutes(5));
    await world.db.update(account).set({ recoveredAt: world.now() });
    expect(await confirmMailboxChange(here, token)).toEqual({ ok: false, error: "superseded" });
    expect((await world.reload(owner)).officialEmail).toBe(owner.officialEmail);
  });
});

describe("removing the personal mailbox", () => {
  test("is told to both, the last time to that one", async () => {
    const { world, owner, here } = await someone();
    await world.db.update(account).set({ personalEmail: HOME, personalEmailVerifiedAt: world.now() });
    expect(await removePersonalEmail(here)).toEqual({ ok: true, value: null });
    expect(await world.reload(owner)).toMatchObject({ personalEmail: null, personalEmailVerifiedAt: null });
    const told = (await world.mails()).map(({ to, about }) => [to, (about as { change: string }).change]);
    expect(told.toSorted()).toEqual([
      [HOME, "personal_email_removed"],
      [owner.officialEmail, "personal_email_removed"],
    ]);
    expect(await removePersonalEmail(here)).toEqual({ ok: true, value: null });
    expect(await world.events("mailbox.removed")).toHaveLength(1);
  });
});
