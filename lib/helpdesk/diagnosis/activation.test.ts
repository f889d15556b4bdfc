import { describe, expect, test } from "vitest";
import { confirmActivationLink } from "#lib/account/activation/confirm-activation-link.ts";
import { finishActivation } from "#lib/account/activation/finish-activation.ts";
import { lapseRegistrations } from "#lib/account/registration/lapse-registrations.ts";
import { registerAccount } from "#lib/account/registration/register-account.ts";
import { seedQuestionBank } from "#lib/authenticators/security-questions/bank.ts";
import { lastFour } from "#lib/kernel/identity-number.ts";
import { days, after as later, minutes } from "#lib/kernel/time.ts";
import { takeResendEvent } from "#lib/mail/delivery/take-resend-event.ts";
import { notTaken, taken } from "#lib/mail/transports/transport.ts";
import { answerAll, askForLink, beginActivation, newestLink } from "#lib/testing/activation.ts";
import { GOOD_PASSWORD } from "#lib/testing/add-account.ts";
import { diagnosisOf, findingsOf } from "#lib/testing/diagnosis.ts";
import { fixtureIdentity } from "#lib/testing/identities.ts";
import { drainMail, scriptedTransport } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld } from "#lib/testing/new-world.ts";
import { eventOf } from "#lib/testing/resend-fake.ts";

async function somebody(wanted: AccountWanted = { status: "registered" }) {
  const world = await newWorld();
  const owner = await world.account(wanted);
  return { world, owner, ask: () => askForLink(world.ctx, owner.identity), deliver: () => drainMail(world.asSystem()) };
}

const confirm = async ({ world, owner }: Awaited<ReturnType<typeof somebody>>, four: string) =>
  confirmActivationLink(world.ctx, (await newestLink(world.ctx, owner)).token, four);

describe("before an account is activated it is found that", () => {
  test("its day has not come, and from that day on that no link was asked for", async () => {
    const world = await newWorld();
    const opensAt = later(world.now(), days(3));
    const owner = await world.account({ status: "pre_registered", opensAt });
    await askForLink(world.ctx, owner.identity);
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "awaiting_opening_date", about: { opens: opensAt }, help: null },
    ]);
    world.moveClock(days(3));
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "link_not_asked_for", about: {}, help: { do: "resend_activation" } },
    ]);
  });

  test("a letter waits long for a mail server that does not answer", async () => {
    const { world, owner, ask } = await somebody();
    await ask();
    const { transport } = scriptedTransport(() => notTaken("temporary", "smtp_econnection"));
    await drainMail(world.asSystem(), transport);
    world.moveClock(minutes(4));
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way"]);
    world.moveClock(minutes(1));
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "letter_queued_long", about: { since: later(world.now(), minutes(-5)) }, help: { again: true } },
    ]);
  });

  test.each([
    ["smtp_550_5.1.1_rcpt_to", "letter_bounced_no_such_mailbox", "correct_mailbox"],
    ["smtp_550_5.1.2_rcpt_to", "letter_bounced_no_such_mailbox", "correct_mailbox"],
    ["smtp_552_5.2.2_rcpt_to", "letter_bounced_mailbox_full", "resend_activation"],
    ["smtp_550_5.7.1_data", "letter_refused", "correct_mailbox"],
  ] as const)("a letter was refused with %s: %s", async (reason, code, action) => {
    const { world, owner, ask } = await somebody();
    await ask();
    const { transport } = scriptedTransport(() => notTaken("permanent", reason));
    await drainMail(world.asSystem(), transport);
    const [first, ...more] = await diagnosisOf(world, owner);
    expect(first).toMatchObject({
      code,
      about: { times: 1, at: world.now(), mailbox: owner.officialEmail },
      help: { do: action },
    });
    expect(more).toEqual([]);
  });

  describe("letters were taken and came back:", () => {
    async function withProvider() {
      const set = await somebody();
      let heard = 0;
      const hear = async (what: string, more: object = {}) => {
        const event = eventOf(what, (await set.world.mails()).at(-1)?.id ?? "", set.world.now(), more);
        expect(await takeResendEvent(set.world.asSystem(), `msg_${heard++}`, event)).toBe("recorded");
      };
      return { ...set, hear };
    }

    test("the mailbox is full, until a letter arrives", async () => {
      const { world, owner, ask, deliver, hear } = await withProvider();
      for (const times of [1, 2]) {
        await ask();
        await deliver();
        await hear("bounced", { bounce: { type: "Transient", subType: "MailboxFull", message: "" } });
        expect(await diagnosisOf(world, owner)).toMatchObject([
          { code: "letter_bounced_mailbox_full", about: { times }, help: { do: "resend_activation" } },
        ]);
        world.moveClock(minutes(2));
      }
      await ask();
      await deliver();
      await hear("delivered");
      expect(await findingsOf(world, owner)).toEqual(["link_waiting"]);
    });

    test("there is no such address, and the next letter does not go", async () => {
      const { world, owner, ask, deliver, hear } = await withProvider();
      await ask();
      await deliver();
      const since = world.now();
      await hear("bounced", { bounce: { type: "Permanent", subType: "NoEmail", message: "" } });
      world.moveClock(minutes(2));
      await ask();
      await deliver();
      expect((await world.mails()).map(({ state }) => state)).toEqual(["bounced", "moot"]);
      expect(await diagnosisOf(world, owner)).toMatchObject([
        {
          code: "letter_bounced_no_such_mailbox",
          about: { times: 1, at: since, suggested: null },
          help: { do: "correct_mailbox" },
        },
      ]);
    });

    test("somebody called one unwanted", async () => {
      const { world, owner, ask, deliver, hear } = await withProvider();
      await ask();
      await deliver();
      await hear("complained");
      expect(await diagnosisOf(world, owner)).toMatchObject([{ code: "letter_refused", about: { why: "complained" } }]);
    });
  });

  test("an address one slip away from the agency's is suggested to be that", async () => {
    const world = await newWorld({ policy: { emailDomains: ["contoh.example.gov.my", "*.example.gov.my"] } });
    const mistyped = { identity: fixtureIdentity(7), fullName: "Contoh", officialEmail: "siti@conto.example.gov.my" };
    await registerAccount(world.ctx, { ...mistyped, officeId: world.office.id }, true);
    const { transport } = scriptedTransport(() => notTaken("permanent", "smtp_550_5.1.1_rcpt_to"));
    await drainMail(world.asSystem(), transport);
    const [registered] = await world.events("account.registered");
    const [first] = await diagnosisOf(world, { id: registered?.accountId ?? "" });
    expect(first).toMatchObject({
      code: "letter_bounced_no_such_mailbox",
      about: { suggested: "siti@contoh.example.gov.my" },
    });
  });

  test("a link waits in the mailbox, opened or not, until its half hour is over", async () => {
    const set = await somebody();
    const { world, owner } = set;
    await set.ask();
    await set.deliver();
    const ends = later(world.now(), minutes(30));
    const about = { sent: world.now(), ends };
    world.moveClock(minutes(5));
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "link_waiting", about: { ...about, opened: false } },
    ]);
    await confirm(set, lastFour(owner.identity));
    expect(await diagnosisOf(world, owner)).toMatchObject([
      { code: "link_waiting", about: { ...about, opened: true } },
    ]);
  });

  test("a link ran out, and nobody had pressed its button", async () => {
    const { world, owner, ask, deliver } = await somebody();
    await ask();
    await deliver();
    world.moveClock(minutes(30));
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "link_expired_never_opened", about: { ended: world.now() }, help: { do: "resend_activation" } },
    ]);
  });

  test("a link ran out after it was opened", async () => {
    const set = await somebody();
    await set.ask();
    await set.deliver();
    await confirm(set, lastFour(set.owner.identity));
    set.world.moveClock(minutes(30));
    expect(await findingsOf(set.world, set.owner)).toEqual(["link_expired_opened"]);
  });

  test("what was typed of the number did not match, while tries are left and when they are used up", async () => {
    const set = await somebody();
    await set.ask();
    await set.deliver();
    await confirm(set, "9999");
    expect(await diagnosisOf(set.world, set.owner)).toMatchObject([
      { code: "identity_mismatch_on_link", about: { tries: 1 }, help: null },
    ]);
    for (let n = 0; n < 4; n++) await confirm(set, "9999");
    expect(await diagnosisOf(set.world, set.owner)).toMatchObject([
      { code: "identity_mismatch_on_link", about: { tries: 5 }, help: { do: "resend_activation" } },
    ]);
  });

  test("links were asked for too often, behind what became of the last of them", async () => {
    const { world, owner, ask, deliver } = await somebody();
    await ask();
    await deliver();
    await ask();
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way", "link_asked_too_often"]);
    world.moveClock(minutes(5));
    expect(await findingsOf(world, owner)).toEqual(["link_waiting", "link_asked_too_often"]);
  });
});

test("a registration that was not activated in a week has lapsed", async () => {
  const world = await newWorld();
  const wanted = { identity: fixtureIdentity(7), fullName: "Contoh", officialEmail: "siti@contoh.example.gov.my" };
  await registerAccount(world.ctx, { ...wanted, officeId: world.office.id }, true);
  world.moveClock(days(7));
  await lapseRegistrations(world.asSystem());
  const [lapsed] = await world.events("account.lapsed");
  expect(await diagnosisOf(world, { id: lapsed?.accountId ?? "" })).toEqual([
    { code: "lapsed", about: { at: world.now() }, help: null },
  ]);
});

test("an account that is activated waits for its office, until that has confirmed it", async () => {
  const set = await somebody();
  const { world, owner } = set;
  await seedQuestionBank(world.db);
  const { ceremonyToken } = await beginActivation(world.ctx, owner, set.deliver);
  await answerAll(world.ctx, ceremonyToken);
  expect((await finishActivation(world.ctx, ceremonyToken, GOOD_PASSWORD)).ok).toBe(true);
  await drainMail(world.asSystem(), scriptedTransport(() => taken).transport);
  expect(await diagnosisOf(world, owner)).toEqual([
    { code: "not_confirmed_by_office", about: { since: world.now() }, help: { do: "confirm_staff" } },
  ]);
});
