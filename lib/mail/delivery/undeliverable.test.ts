import { describe, expect, test } from "vitest";
import { undeliverableMailbox } from "#db/schema/helpdesk.ts";
import { minutes } from "#lib/kernel/time.ts";
import { letterNow, marksNow, oweNotice, requestMailboxChange, sendNotice } from "#lib/testing/delivered-letter.ts";
import { drainMail, exampleAgency, issueLink, scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld, type World, type WorldAccount } from "#lib/testing/new-world.ts";
import { deliver } from "../deliver.ts";
import { notTaken, taken } from "../transports/transport.ts";
import { unmarkMailbox } from "./mark-mailbox.ts";
import { recordOutcome } from "./record-outcome.ts";

const gone = { why: "no_such_mailbox", isFinal: true, code: "5.1.1" } as const;
const full = { why: "mailbox_full", isFinal: false, code: "5.2.2" } as const;

/** A letter of theirs comes back. */
async function bounced(world: World, whose: WorldAccount, bounce: typeof gone | typeof full = gone): Promise<void> {
  const { id } = await sendNotice(world, whose);
  await world.db.transaction((tx) =>
    recordOutcome(tx, world.asSystem(), id, { what: "bounced", at: world.now(), bounce }),
  );
}

describe("a mailbox that takes nothing", () => {
  test("gets nothing more: what is owed to it is dropped, with why", async () => {
    const world = await newWorld();
    const owner = await world.account();
    await bounced(world, owner);
    const { id } = await oweNotice(world, owner, owner.officialEmail.toUpperCase());
    const { transport, offered } = scriptedTransport();

    await drainMail(world.asSystem(), transport);

    expect(offered).toEqual([]);
    expect(await letterNow(world, id)).toMatchObject({ state: "moot", reason: "address_undeliverable", attempts: 0 });
    expect(await world.events("letter.moot")).toMatchObject([{ data: { letterId: id } }]);
  });

  test("gets no activation letter either, and the older link lives on", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "registered" });
    await issueLink(world.ctx, owner.id);
    await drainMail(world.asSystem());
    const [{ id } = { id: "" }] = await world.mails();
    await world.db.transaction((tx) =>
      recordOutcome(tx, world.asSystem(), id, { what: "bounced", at: world.now(), bounce: gone }),
    );
    world.moveClock(minutes(2));
    await issueLink(world.ctx, owner.id);

    await drainMail(world.asSystem());

    expect((await world.mails()).map(({ state }) => state)).toEqual(["bounced", "moot"]);
    expect(await world.events("activation_link.handed_over")).toHaveLength(1);
  });

  test("gets the letter that proves a mailbox, which shows whether it works by now", async () => {
    const world = await newWorld();
    const owner = await world.account();
    const mailbox = "baharu@contoh.example.gov.my";
    await world.db
      .insert(undeliverableMailbox)
      .values({ mailbox, why: "no_such_mailbox", isFinal: true, since: world.now() });
    await requestMailboxChange(await world.as(owner, ["password"]), "official", mailbox);

    expect(await drainMail(world.asSystem())).toMatchObject([{ to: mailbox }]);
  });

  test("gets letters again once an officer says that it works", async () => {
    const world = await newWorld();
    const owner = await world.account();
    await bounced(world, owner);

    expect(await world.db.transaction((tx) => unmarkMailbox(tx, owner.officialEmail.toUpperCase()))).toBe(true);
    expect(await world.db.transaction((tx) => unmarkMailbox(tx, owner.officialEmail))).toBe(false);

    const { state } = await sendNotice(world, owner);
    expect(state).toBe("handed_over");
  });
});

test("a full mailbox goes on getting letters, and is only told of", async () => {
  const world = await newWorld();
  const owner = await world.account();
  await bounced(world, owner, full);

  expect(await sendNotice(world, owner)).toMatchObject({ state: "handed_over" });
  expect(await marksNow(world)).toMatchObject([{ why: "mailbox_full", isFinal: false }]);
});

describe("a mail server that refuses a letter", () => {
  test.each([
    ["smtp_550_5.1.1_rcpt_to", [{ why: "no_such_mailbox", isFinal: true }]],
    ["smtp_552_5.2.2_rcpt_to", [{ why: "mailbox_full", isFinal: false }]],
    ["smtp_550_5.1.2_rcpt_to", [{ why: "no_such_domain", isFinal: true }]],
    ["address_malformed", []],
  ])("with %s marks its mailbox as if it had come back", async (reason, marks) => {
    const world = await newWorld();
    const owner = await world.account();
    const { id } = await oweNotice(world, owner);

    await drainMail(world.asSystem(), scriptedTransport(() => notTaken("permanent", reason)).transport);

    expect(await letterNow(world, id)).toMatchObject({ state: "refused", reason });
    expect(await marksNow(world)).toMatchObject(marks);
  });

  test("and takes the next takes its refusal back, but not what came back from further on", async () => {
    const world = await newWorld();
    const owner = await world.account();
    await oweNotice(world, owner);
    const refusing = scriptedTransport(() => notTaken("permanent", "smtp_552_5.2.2_rcpt_to"));
    await drainMail(world.asSystem(), refusing.transport);

    await sendNotice(world, owner);
    expect(await marksNow(world)).toEqual([]);

    await bounced(world, owner, full);
    await sendNotice(world, owner);
    expect(await marksNow(world)).toHaveLength(1);
  });
});

test("what is heard before the hand-over is marked stays known, and the hand-over is marked all the same", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  const link = await issueLink(world.ctx, owner.id);
  const [owed] = await world.mails();
  const { transport } = scriptedTransport(async ({ id }) => {
    await world.db.transaction((tx) => recordOutcome(tx, world.asSystem(), id, { what: "delivered", at: world.now() }));
    return { ...taken, providerId: "resend-7" };
  });

  await deliver(world.asSystem(), { transport, agency: exampleAgency }, owed?.id ?? "");

  expect(await world.mails()).toMatchObject([
    { state: "delivered", handedOverAt: world.now(), deliveredAt: world.now(), providerId: "resend-7", attempts: 1 },
  ]);
  expect(await world.events("activation_link.handed_over")).toMatchObject([{ data: { linkId: link?.id } }]);
});

test("who dies before marking is not repeated where the provider has told of the letter meanwhile", async () => {
  const world = await newWorld();
  const owner = await world.account({ status: "registered" });
  await issueLink(world.ctx, owner.id);
  const [owed] = await world.mails();
  await world.db.transaction((tx) =>
    recordOutcome(tx, world.asSystem(), owed?.id ?? "", { what: "delivered", at: world.now() }),
  );
  const { transport, offered } = scriptedTransport();

  await deliver(world.asSystem(), { transport, agency: exampleAgency }, owed?.id ?? "");

  expect(offered).toEqual([]);
  expect(await world.mails()).toMatchObject([{ state: "delivered", handedOverAt: world.now() }]);
  expect(await world.events("activation_link.handed_over")).toHaveLength(1);
});
