import { expect, test } from "vitest";
import { onsitePlace, onsiteSession } from "#db/schema/onsite.ts";
import { days, hours, minutes } from "#lib/kernel/time.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { drainMail } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import { keepSessions } from "./keep-sessions.ts";

async function planned() {
  const world = await newWorld();
  const sa = await world.officer("sa");
  const { id: campaignId } = await addCampaign(world.ctx);
  const session = await addOnsiteSession(world.ctx, sa.account, { campaignId, officeIds: [world.office.id] });
  return { world, session, keep: () => keepSessions(world.asSystem()) };
}

test("whoever holds a place is reminded the day before, once, however many jobs look; nobody else is", async () => {
  const { world, session, keep } = await planned();
  const [comes, waits, asked, late] = await Promise.all(Array.from({ length: 4 }, () => world.account()));
  if (!comes || !waits || !asked || !late) throw new Error("Nobody");
  await addOnsitePlace(world.ctx, comes, session.id, "booked");
  await addOnsitePlace(world.ctx, waits, session.id, "waiting");
  await addOnsitePlace(world.ctx, asked, session.id, "invited");
  expect(await keep()).toBeNull();
  world.moveClock(days(5));
  world.moveClock(minutes(1));
  await addOnsitePlace(world.ctx, late, session.id, "booked");
  await Promise.all([keep(), keep(), keep()]);
  expect((await world.mails()).map(({ accountId, about }) => [accountId, about])).toEqual([
    [comes.id, { placeId: expect.any(String), news: "day_before" }],
  ]);
  expect(await keep()).toBeNull();
  const [mail] = await drainMail(world.asSystem());
  expect(mail?.subject).toContain("Bilik Latihan");
  expect(mail?.text).toContain("MyKad");
  expect(mail?.text).toContain(`/home/move/sessions/${session.id}/calendar.ics`);
});

test("of a session that was cancelled nobody is reminded, nor of a place given up before the letter left", async () => {
  const { world, session, keep } = await planned();
  const comes = await world.account();
  await addOnsitePlace(world.ctx, comes, session.id, "booked");
  world.moveClock(days(5));
  await keep();
  await world.db.update(onsitePlace).set({ state: "given_up" });
  expect(await drainMail(world.asSystem())).toEqual([]);
  await world.db.update(onsitePlace).set({ state: "booked", remindedAt: null });
  await world.db.update(onsiteSession).set({ state: "cancelled" });
  expect(await keep()).toBeNull();
});

test("a session is closed when its day is past", async () => {
  const { world, keep } = await planned();
  world.moveClock(days(6));
  world.moveClock(hours(4));
  expect(await keep()).toBeNull();
  world.moveClock(days(1));
  expect(await keep()).toEqual({ reminded: 0, closed: 1 });
  expect(await world.db.select({ state: onsiteSession.state }).from(onsiteSession)).toEqual([{ state: "closed" }]);
});
