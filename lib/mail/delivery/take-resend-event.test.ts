import { expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { letterNow, marksNow, sendNotice, unknownLetter } from "#lib/testing/delivered-letter.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { eventOf } from "#lib/testing/resend-fake.ts";
import { takeResendEvent } from "./take-resend-event.ts";

const noEmail = { bounce: { type: "Permanent", subType: "NoEmail", message: "no such user" } };
const full = { bounce: { type: "Transient", subType: "MailboxFull", message: "over quota" } };

let posted = 0;
const hear = (world: World, what: string, letterId: string, more: object = {}, at = world.now()) =>
  takeResendEvent(world.asSystem(), `msg_${posted++}`, eventOf(what, letterId, at, more));

test("a letter that arrived says so and when, with the provider's name of it, and the trail knows", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { id } = await sendNotice(world, owner);
  const arrived = world.now();
  world.moveClock(minutes(1));

  expect(await hear(world, "delivered", id, {}, arrived)).toBe("recorded");

  expect(await letterNow(world, id)).toMatchObject({
    state: "delivered",
    deliveredAt: arrived,
    providerId: "resend-1",
  });
  expect(await world.events("letter.delivered")).toMatchObject([{ accountId: owner.id, data: { letterId: id } }]);
});

test("a letter that came back keeps why, marks its mailbox, and the trail knows without the address", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { id } = await sendNotice(world, owner);

  await hear(world, "bounced", id, noEmail);

  const reason = "bounced_no_such_mailbox_noemail";
  expect(await letterNow(world, id)).toMatchObject({ state: "bounced", reason, bouncedAt: world.now() });
  expect(await marksNow(world)).toEqual([
    { mailbox: owner.officialEmail, why: "no_such_mailbox", isFinal: true, letterId: id, since: world.now() },
  ]);
  const [event] = await world.events("letter.bounced");
  expect(event).toMatchObject({ accountId: owner.id, data: { letterId: id, reason } });
  expect(JSON.stringify(event)).not.toContain(owner.officialEmail);
});

test("an event posted again, at once or later, counts once", async () => {
  const world = await newWorld();
  const { id } = await sendNotice(world, await world.account());
  const again = () => takeResendEvent(world.asSystem(), "msg_same", eventOf("delivered", id, world.now()));

  const answers = await Promise.all(Array.from({ length: 8 }, again));

  expect(answers.sort()).toEqual(["recorded", ...Array(7).fill("repeated")]);
  expect(await again()).toBe("repeated");
  expect(await world.events("letter.delivered")).toHaveLength(1);
});

test("the same news under many ids at once is recorded once", async () => {
  const world = await newWorld();
  const { id } = await sendNotice(world, await world.account());

  await Promise.all(Array.from({ length: 8 }, () => hear(world, "bounced", id, full)));

  expect(await world.events("letter.bounced")).toHaveLength(1);
});

test("events of one letter all at once end as the last of them in time", async () => {
  const world = await newWorld();
  const { id } = await sendNotice(world, await world.account());
  const [delivered, bounced, complained] = [0, 1, 2].map((n) => new Date(world.now().getTime() + minutes(n)));
  world.moveClock(minutes(5));

  await Promise.all([
    hear(world, "complained", id, {}, complained),
    hear(world, "bounced", id, noEmail, bounced),
    hear(world, "delivered", id, {}, delivered),
    hear(world, "sent", id, {}, delivered),
  ]);

  expect(await letterNow(world, id)).toMatchObject({
    state: "complained",
    deliveredAt: delivered,
    bouncedAt: complained,
  });
  expect(await marksNow(world)).toMatchObject([{ why: "complained", isFinal: true, since: complained }]);
});

test("events of unknown letters, of none, and of shapes that are not known have no effect", async () => {
  const world = await newWorld();
  await sendNotice(world, await world.account());
  const before = await world.mails();

  expect(await hear(world, "bounced", unknownLetter(world), noEmail)).toBe("unknown");
  expect(await hear(world, "bounced", "../etc", noEmail)).toBe("of_no_letter");
  expect(await takeResendEvent(world.asSystem(), "msg_x", { type: "contact.created" })).toBe("of_no_letter");

  expect(await world.mails()).toEqual(before);
  expect(await marksNow(world)).toEqual([]);
});

test("a time ahead of ours counts as now", async () => {
  const world = await newWorld();
  const { id } = await sendNotice(world, await world.account());

  await hear(world, "bounced", id, full, new Date(world.now().getTime() + minutes(90)));

  expect((await letterNow(world, id)).bouncedAt).toEqual(world.now());
});

test("a later delivery clears what came back before it, whichever is heard first", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const first = await sendNotice(world, owner);
  const cameBack = world.now();
  world.moveClock(minutes(10));
  const second = await sendNotice(world, owner);

  await hear(world, "bounced", first.id, full, cameBack);
  expect(await marksNow(world)).toMatchObject([{ why: "mailbox_full", isFinal: false }]);
  await hear(world, "delivered", second.id);
  expect(await marksNow(world)).toEqual([]);

  world.moveClock(minutes(1));
  const third = await sendNotice(world, owner);
  await hear(world, "bounced", third.id, full, cameBack);
  expect(await marksNow(world)).toEqual([]);
});

test("what came back after a delivery stays, though the delivery is heard later", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const { id } = await sendNotice(world, owner);
  const arrived = world.now();
  world.moveClock(minutes(1));

  await hear(world, "bounced", id, noEmail);
  await hear(world, "delivered", id, {}, arrived);

  expect(await letterNow(world, id)).toMatchObject({ state: "bounced", deliveredAt: arrived });
  expect(await marksNow(world)).toMatchObject([{ why: "no_such_mailbox" }]);
});

test("a final mark is not weakened by a full mailbox, and a complaint not by a delivery", async () => {
  const world = await newWorld();
  const owner = await world.account();
  const [first, second, third] = [
    await sendNotice(world, owner),
    await sendNotice(world, owner),
    await sendNotice(world, owner),
  ];

  await hear(world, "complained", first.id);
  world.moveClock(minutes(1));
  await hear(world, "bounced", second.id, full);
  await hear(world, "delivered", third.id);

  expect(await marksNow(world)).toMatchObject([{ why: "complained", isFinal: true, letterId: first.id }]);
});
