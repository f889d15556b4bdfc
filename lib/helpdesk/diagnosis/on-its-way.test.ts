import { describe, expect, test } from "vitest";
import { activationLink } from "#db/schema/account.ts";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { notTaken } from "#lib/mail/transports/transport.ts";
import { askForLink } from "#lib/testing/activation.ts";
import { diagnosisOf, findingsOf } from "#lib/testing/diagnosis.ts";
import { drainMail, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";

async function somebody() {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  return { world, owner, ask: () => askForLink(world.ctx, owner.identity), deliver: () => drainMail(world.asSystem()) };
}

describe("of somebody who asked for an activation link it is found that", () => {
  test("its letter is on its way, from when it is asked for until it ought to have arrived", async () => {
    const { world, owner, ask, deliver } = await somebody();
    await ask();
    const asked = world.now();
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "letter_on_its_way", about: { at: asked, sent: false }, help: { again: true } },
    ]);
    world.moveClock(minutes(2));
    await deliver();
    const at = world.now();
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "letter_on_its_way", about: { at, sent: true }, help: { again: true } },
    ]);
    world.moveClock(minutes(4));
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way"]);
    world.moveClock(minutes(1));
    expect(await findingsOf(world, owner)).toEqual(["link_waiting"]);
  });

  test("a new letter is on its way after a link ran out, or a mailbox was full", async () => {
    const { world, owner, ask, deliver } = await somebody();
    await ask();
    await deliver();
    world.moveClock(minutes(30));
    await ask();
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way"]);
    const { transport } = scriptedTransport(() => notTaken("permanent", "smtp_552_5.2.2_rcpt_to"));
    await drainMail(world.asSystem(), transport);
    expect(await findingsOf(world, owner)).toEqual(["letter_bounced_mailbox_full"]);
    world.moveClock(minutes(2));
    await ask();
    expect(await findingsOf(world, owner)).toEqual(["letter_on_its_way", "letter_bounced_mailbox_full"]);
  });

  test("it has no link, where the one that was asked for never went, or was used before it was opened again", async () => {
    const { world, owner, ask, deliver } = await somebody();
    const mark = { mailbox: owner.officialEmail, why: "complained", isFinal: true, since: world.now() } as const;
    await world.db.insert(undeliverableMailbox).values(mark);
    await ask();
    expect(await findingsOf(world, owner), "what will not be sent is not on its way").toEqual(["letter_refused"]);
    await deliver();
    await world.db.delete(undeliverableMailbox);
    expect(await diagnosisOf(world, owner)).toEqual([
      { code: "link_not_asked_for", about: {}, help: { do: "resend_activation" } },
    ]);
    await world.db.update(activationLink).set({ handedOverAt: world.now(), consumedAt: world.now() });
    world.moveClock(days(120));
    expect(await findingsOf(world, owner), "nor is it idle, which was never used").toEqual(["link_not_asked_for"]);
  });
});
