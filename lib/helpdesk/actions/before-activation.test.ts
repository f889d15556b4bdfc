import { beforeEach, describe, expect, test } from "vitest";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { viewActivationLink } from "#lib/account/activation/activation.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { askForLink, beginActivation, newestLink } from "#lib/testing/activation.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { anyReason as reason } from "#lib/testing/officer.ts";
import { clearMailbox } from "./clear-mailbox.ts";
import { correctMailbox } from "./correct-mailbox.ts";
import { resendActivation } from "./resend-activation.ts";
import { voidRegistration } from "./void-registration.ts";

const RIGHT = "betul@contoh.example.gov.my";

let world: World;
let newcomer: WorldAccount;
let helpdesk: Awaited<ReturnType<World["officer"]>>;
beforeEach(async () => {
  world = await newWorld();
  newcomer = await world.account({ status: "registered", selfRegistered: true });
  helpdesk = await world.officer("helpdesk");
});
const mail = () => drainMail(world.asSystem());
const resend = (whose = newcomer) => resendActivation(helpdesk.ctx, { accountId: whose.id, reason });
const correct = (typed: string, whose = newcomer) =>
  correctMailbox(helpdesk.ctx, { accountId: whose.id, reason, typed });

describe("mailing the activation again", () => {
  test("goes out though its person has used up what they may ask for, and says which desk asked", async () => {
    for (let n = 0; n < 6; n++) {
      await askForLink(world.ctx, newcomer.identity);
      world.moveClock(minutes(2));
    }
    const before = (await mail()).length;
    expect(await resend()).toEqual({ ok: true, value: { mailbox: newcomer.officialEmail } });
    const letters = await mail();
    expect(letters.length).toBe(before + 1);
    expect(letters.at(-1)?.text).toContain("dari Meja Bantuan, Ibu Pejabat");
  });

  test("is held back after one a minute and five an hour, and the officer is told", async () => {
    expect((await resend()).ok).toBe(true);
    expect(await resend()).toEqual({ ok: false, error: "throttled" });
    for (let n = 0; n < 4; n++) {
      world.moveClock(minutes(2));
      expect((await resend()).ok).toBe(true);
    }
    world.moveClock(minutes(2));
    expect(await resend()).toEqual({ ok: false, error: "throttled" });
  });

  test("takes nothing from what its person may ask for", async () => {
    await resend();
    await askForLink(world.ctx, newcomer.identity);
    expect(await mail()).toHaveLength(1);
    expect(await world.events("activation_link.issued")).toHaveLength(2);
  });

  test("is refused for whoever is activated, and before the agency opens it", async () => {
    expect(await resend(await world.account())).toEqual({ ok: false, error: "not_awaiting_activation" });
    const later = await world.account({
      status: "pre_registered",
      opensAt: new Date(world.now().getTime() + days(3)),
    });
    expect(await resend(later)).toEqual({ ok: false, error: "not_open_yet" });
  });
});

describe("correcting an address", () => {
  test("mails a fresh link there at once, ends the old one, and tells the former address nothing", async () => {
    await askForLink(world.ctx, newcomer.identity);
    await mail();
    world.moveClock(minutes(1));
    const old = await newestLink(world.ctx, newcomer);
    expect(await correct(` ${RIGHT.toUpperCase()} `)).toEqual({ ok: true, value: { mailbox: RIGHT, mailed: true } });
    const found = await viewActivationLink(world.ctx, old.token);
    expect(found, "before the fresh one is on its way").toEqual({ ok: false, error: "superseded" });
    await mail();
    const sent = await world.mails();
    const toRight = sent.filter(({ to }) => to === RIGHT).map(({ kind }) => kind);
    expect(toRight.toSorted()).toEqual(["activation", "security_change"]);
    expect(sent.filter(({ to }) => to !== RIGHT)).toHaveLength(1);
    expect((await viewActivationLink(world.ctx, (await newestLink(world.ctx, newcomer)).token)).ok).toBe(true);
    expect(await world.events("mailbox.corrected")).toMatchObject([
      { accountId: newcomer.id, actorId: helpdesk.account.id },
    ]);
  });

  test("ends an activation that somebody is in the midst of at the former address", async () => {
    const { ceremonyToken } = await beginActivation(world.ctx, newcomer, mail);
    await correct(RIGHT);
    const { currentActivation } = await import("#lib/account/activation/activation.ts");
    expect(await currentActivation(world.ctx, ceremonyToken)).toEqual({ ok: false, error: "expired" });
    expect((await world.reload(newcomer)).officialEmailVerifiedAt).toBeNull();
  });

  test("and proving the new one afterwards counts", async () => {
    await beginActivation(world.ctx, newcomer, mail);
    await correct(RIGHT);
    world.moveClock(minutes(2));
    await beginActivation(world.ctx, newcomer, mail);
    expect((await world.reload(newcomer)).officialEmailVerifiedAt).toEqual(world.now());
  });

  test.each([
    ["another's address", "lain@contoh.example.gov.my", "mailbox_taken"],
    ["the same address", "", "mailbox_same"],
    ["a domain that is not the agency's", "ahmad@gmail.example", "email_domain"],
    ["no address", "ahmad", "email_shape"],
  ])("%s is refused, and changes nothing", async (_, typed, error) => {
    await world.account({ officialEmail: "lain@contoh.example.gov.my" });
    expect(await correct(typed || newcomer.officialEmail)).toEqual({ ok: false, error });
    expect((await world.reload(newcomer)).officialEmail).toBe(newcomer.officialEmail);
    expect(await world.mails()).toEqual([]);
  });

  test("to one that letters once came back from sends the link there: it shows whether they still do", async () => {
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox: RIGHT, why: "no_such_mailbox", isFinal: true, since: world.now() });
    await correct(RIGHT);
    await mail();
    expect((await world.mails()).filter(({ state }) => state === "handed_over")).toHaveLength(2);
  });

  test("to one address for two people at once gives it to one", async () => {
    const other = await world.account({ status: "registered" });
    const both = await Promise.all([correct(RIGHT), correct(RIGHT, other)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: "mailbox_taken" });
  });

  test("is for those who are not activated, and five times an hour for one person", async () => {
    expect(await correct(RIGHT, await world.account())).toEqual({ ok: false, error: "not_awaiting_activation" });
    for (let n = 0; n < 5; n++) expect((await correct(`cuba.${n}@contoh.example.gov.my`)).ok).toBe(true);
    expect(await correct(RIGHT)).toEqual({ ok: false, error: "too_many" });
  });
});

describe("an address that letters came back from", () => {
  const mark = () =>
    world.db
      .insert(undeliverableMailbox)
      .values({ mailbox: newcomer.officialEmail, why: "mailbox_full", isFinal: false, since: world.now() });

  test("is written to again once an officer says so, and once only", async () => {
    await mark();
    const clear = () => clearMailbox(helpdesk.ctx, { accountId: newcomer.id, reason });
    expect(await clear()).toEqual({ ok: true, value: null });
    expect(await world.db.select().from(undeliverableMailbox)).toEqual([]);
    expect(await clear()).toEqual({ ok: false, error: "not_marked" });
    expect(await world.events("mailbox.cleared")).toHaveLength(1);
  });
});

describe("voiding a registration", () => {
  const voidIt = async (whose = newcomer) =>
    voidRegistration((await world.officer("sa")).ctx, { accountId: whose.id, reason });

  test("frees the number and the address at once, and tells the mailbox", async () => {
    await askForLink(world.ctx, newcomer.identity);
    await mail();
    const { token } = await newestLink(world.ctx, newcomer);
    expect(await voidIt()).toEqual({ ok: true, value: null });
    expect((await world.reload(newcomer)).status).toBe("closed");
    expect((await viewActivationLink(world.ctx, token)).ok).toBe(false);
    expect((await mail()).at(-1)?.subject).toContain("Pendaftaran dibatalkan");
    await world.account({ identity: newcomer.identity, officialEmail: newcomer.officialEmail });
  });

  test("is refused for whoever was activated, or is on the staff register", async () => {
    expect(await voidIt(await world.account({ selfRegistered: true }))).toEqual({ ok: false, error: "not_unfinished" });
    const listed = await world.account({ status: "pre_registered", identity: fixtureIdentity(4_000) });
    expect(await voidIt(listed)).toEqual({ ok: false, error: "not_unfinished" });
  });

  test("takes more than the helpdesk", async () => {
    const tried = await voidRegistration(helpdesk.ctx, { accountId: newcomer.id, reason });
    expect(tried).toEqual({ ok: false, error: "not_found" });
    expect(await world.events("access.refused")).toMatchObject([{ data: { right: "registration.void" } }]);
    expect((await world.reload(newcomer)).status).toBe("registered");
  });
});
