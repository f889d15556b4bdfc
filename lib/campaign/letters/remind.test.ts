import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { campaignPhase, campaign as campaigns } from "#db/schema/campaign.ts";
import { campaignRun } from "#db/schema/campaign-run.ts";
import type { Context } from "#lib/kernel/context.ts";
import { days } from "#lib/kernel/time.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { addCampaignPeople } from "#lib/testing/campaign-people.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { anyReason } from "#lib/testing/officer.ts";
import { changeRun } from "./change-run.ts";
import { listPassedOver } from "./list-passed-over.ts";
import { listRuns } from "./list-runs.ts";
import { plannedRuns } from "./planned-runs.ts";
import { foreseeReminder, type ReminderWanted, remind } from "./remind.ts";
import { sendCampaignLetters } from "./send-campaign-letters.ts";

/** A campaign that has invited nobody yet, with two people of the world's office and one of another, in one phase. */
async function underWay() {
  const world = await newWorld();
  const other = await world.anotherOffice();
  const campaign = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id, other.id] }] });
  const people = await addCampaignPeople(world, campaign, 2);
  const [elsewhere] = await addCampaignPeople(world, campaign, 1, {
    account: { officeId: other.id },
    officeId: other.id,
    heldUpBy: "mobile",
    missing: ["mobile"],
  });
  const phaseId = campaign.phases[0]?.id ?? "";
  // What the schedule sent lies days back.
  await world.db.insert(campaignRun).values({
    id: phaseId,
    campaignId: campaign.id,
    phaseId,
    kind: "invitation",
    occasion: "begin",
    state: "stopped",
    startedAt: new Date("2026-11-02T02:00:00Z"),
  });
  const all: ReminderWanted = { campaignId: campaign.id, phaseId, heldUpBy: null, officeIds: null };
  const byHand = (ctx: Context, wanted: Partial<ReminderWanted> = {}) =>
    remind(ctx, { ...all, ...wanted, reason: anyReason });
  const send = () => sendCampaignLetters(world.asSystem(), 60);
  const reminded = async () => (await world.mails()).map(({ accountId }) => accountId).toSorted();
  return { world, other, campaign, people, elsewhere, all, byHand, send, reminded };
}

test("the same reminder is begun once, however often it is pressed before it has gone out; another goes out beside it", async () => {
  const { world, elsewhere, byHand, send, reminded } = await underWay();
  const { ctx } = await world.officer("administrator");
  const pressed = await Promise.all(Array.from({ length: 5 }, () => byHand(ctx)));
  expect(pressed.map((one) => (one.ok ? "begun" : one.error)).toSorted()).toEqual([
    "begun",
    ...Array.from({ length: 4 }, () => "reminder_open"),
  ]);
  expect(await byHand(ctx, { heldUpBy: "profile" })).toMatchObject({ ok: true });
  const sa = await world.officer("sa");
  expect(await byHand(sa.ctx), "of their own offices").toMatchObject({ ok: true });
  await send();
  expect(new Set(await reminded()).size).toBe((await reminded()).length);
  expect(await reminded()).toContain(elsewhere?.id);
});

test("an SA reminds the people of their own offices alone, and is told how many beforehand", async () => {
  const { world, people, all, byHand, send, reminded } = await underWay();
  const { ctx } = await world.officer("sa");
  expect(await foreseeReminder(ctx, all)).toEqual({ ok: true, value: { owed: 2, unreachable: 0, hadToday: 0 } });
  expect(await byHand(ctx)).toMatchObject({ ok: true, value: { people: 2 } });
  expect(await send()).toBe(2);
  expect(await reminded()).toEqual(people.map(({ id }) => id));
  expect(await world.events("campaign_letters.started")).toMatchObject([
    { data: { how: "officer", kind: "reminder" } },
  ]);
});

test("what an officer began goes out before what the schedule began earlier", async () => {
  const { world, campaign, all, byHand } = await underWay();
  const { ctx } = await world.officer("administrator");
  await addCampaignPeople(world, campaign, 2);
  const run = { id: randomUUID(), campaignId: campaign.id, phaseId: all.phaseId, kind: "invitation" as const };
  const earlier = new Date(world.now().getTime() - 1);
  await world.db.insert(campaignRun).values({ ...run, occasion: "earlier", state: "running", startedAt: earlier });
  await byHand(ctx);
  expect(await sendCampaignLetters(world.asSystem(), 1)).toBe(1);
  expect((await world.mails()).map(({ kind }) => kind)).toEqual(["campaign_reminder"]);
});

test("an office outside the scope does not exist, and who may not remind has no such page", async () => {
  const { world, other, byHand } = await underWay();
  const { ctx } = await world.officer("sa");
  expect(await byHand(ctx, { officeIds: [world.office.id, other.id] })).toEqual({ ok: false, error: "not_found" });
  for (const role of ["helpdesk", "auditor"] as const)
    expect(await byHand((await world.officer(role)).ctx)).toEqual({ ok: false, error: "not_found" });
  expect(await world.events("access.refused")).toHaveLength(2);
  expect(await world.db.select().from(campaignRun).where(eq(campaignRun.kind, "reminder"))).toEqual([]);
});

test("those alone are reminded whom the named thing holds up; what it is made of counts as it", async () => {
  const { world, elsewhere, byHand, send, reminded } = await underWay();
  const { ctx } = await world.officer("administrator");
  expect(await byHand(ctx, { heldUpBy: "profile" })).toMatchObject({ ok: true, value: { people: 1 } });
  await send();
  expect(await reminded()).toEqual([elsewhere?.id]);
  expect(await byHand(ctx, { heldUpBy: "official_email" })).toEqual({ ok: false, error: "nobody_to_remind" });
});

test("of two officers who remind at once, and of one who does it twice, each person has one letter", async () => {
  const { world, byHand, send, reminded } = await underWay();
  const [first, second] = [await world.officer("administrator"), await world.officer("sa")];
  await Promise.all([byHand(first.ctx), byHand(second.ctx), byHand(second.ctx)]);
  while ((await send()) !== null);
  expect(await reminded()).toHaveLength(3);
  expect(await byHand(first.ctx)).toEqual({ ok: false, error: "nobody_to_remind" });
});

test("a draft is not there, a closed campaign reminds nobody, a phase to come waits, one that ended is still reminded", async () => {
  const { world, campaign, all, byHand } = await underWay();
  const { ctx } = await world.officer("administrator");
  const now = (state: "draft" | "closed" | "announced") =>
    world.db.update(campaigns).set({ state }).where(eq(campaigns.id, campaign.id));
  await now("draft");
  expect(await byHand(ctx)).toEqual({ ok: false, error: "not_found" });
  await now("closed");
  expect(await byHand(ctx)).toEqual({ ok: false, error: "campaign_not_open" });
  await now("announced");
  await world.db.update(campaignPhase).set({ fromDay: "2026-12-01" });
  await world.db.execute(sql`update campaign_run set kind = 'reminder'`);
  expect(await byHand(ctx)).toEqual({ ok: false, error: "phase_not_begun" });
  await world.db.update(campaignPhase).set({ fromDay: "2026-11-01", untilDay: "2026-11-15" });
  expect(await byHand(ctx)).toMatchObject({ ok: true });
  expect(await remind(ctx, { ...all, campaignId: all.phaseId, reason: anyReason })).toEqual({
    ok: false,
    error: "not_found",
  });
});

test("what an officer began goes out before what the schedule sends, and letters of a phase that ended still go out", async () => {
  const { world, byHand, send, reminded, people } = await underWay();
  await world.db.update(campaignPhase).set({ untilDay: "2026-11-15" });
  await byHand((await world.officer("sa")).ctx);
  expect(await send()).toBe(2);
  expect(await reminded()).toEqual(people.map(({ id }) => id));
});

test("a run is paused, goes on and ends; an SA changes those alone that write to their offices", async () => {
  const { world, byHand, send, campaign } = await underWay();
  const [admin, sa] = [await world.officer("administrator"), await world.officer("sa")];
  const begun = await byHand(admin.ctx);
  const runId = begun.ok ? begun.value.runId : "";
  expect(await changeRun(sa.ctx, runId, "pause")).toEqual({ ok: false, error: "not_found" });
  expect(await changeRun(admin.ctx, runId, "resume")).toEqual({ ok: false, error: "moved_meanwhile" });
  expect(await changeRun(admin.ctx, runId, "pause")).toEqual({ ok: true, value: null });
  expect(await send()).toBeNull();
  expect(await changeRun(admin.ctx, runId, "resume")).toEqual({ ok: true, value: null });
  const stops = await Promise.all(Array.from({ length: 4 }, () => changeRun(admin.ctx, runId, "stop")));
  expect(stops.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await send()).toBeNull();
  expect((await world.events()).map(({ type }) => type).filter((type) => type.startsWith("campaign_letters"))).toEqual([
    "campaign_letters.started",
    "campaign_letters.paused",
    "campaign_letters.resumed",
    "campaign_letters.stopped",
  ]);
  const own = await byHand(sa.ctx);
  expect(await changeRun(sa.ctx, own.ok ? own.value.runId : "", "pause")).toEqual({ ok: true, value: null });
  expect(campaign.state).toBe("running");
});

test("whoever sees the agency reads all of a run; an SA, what it did in their offices; and whom it passed over", async () => {
  const { world, byHand, send, campaign, people, other } = await underWay();
  const [admin, sa] = [await world.officer("administrator"), await world.officer("sa")];
  const far = await world.officer("sa", { officeId: other.id });
  await world.db.execute(sql`insert into undeliverable_mailbox (mailbox, why, is_final, since)
    values (${people[0]?.officialEmail}, 'no_such_mailbox', true, ${world.now()})`);
  const begun = await byHand(admin.ctx);
  const runId = begun.ok ? begun.value.runId : "";
  await send();
  const seenBy = async ({ ctx }: { ctx: Context }) => {
    const officer = await officerOf(ctx.db, ctx);
    if (!officer) throw new Error("no officer");
    const [newest] = await listRuns(ctx, officer, campaign.id);
    const passed = await listPassedOver(ctx, officer, { campaignId: campaign.id, runId, from: null });
    return { newest, passed: passed.people.map(({ accountId, why }) => [accountId, why]) };
  };
  expect(await seenBy(admin)).toMatchObject({ newest: { id: runId, sent: 2, unreachable: 1, reason: anyReason } });
  expect(await seenBy(sa)).toMatchObject({
    newest: { sent: 1, unreachable: 1, reason: null, mayChange: false },
    passed: [[people[0]?.id, "unreachable"]],
  });
  expect(await seenBy(far)).toMatchObject({ newest: { sent: 1, unreachable: 0 }, passed: [] });
});

test("what is planned is what then begins", async () => {
  const { world, campaign } = await underWay();
  await world.db.delete(campaignRun);
  expect(await plannedRuns(world.ctx, campaign.id)).toEqual([
    { phase: 1, kind: "invitation", day: "2026-11-20", daysBefore: null },
    { phase: 1, kind: "reminder", day: "2026-12-01", daysBefore: 14 },
    { phase: 1, kind: "reminder", day: "2026-12-08", daysBefore: 7 },
    { phase: 1, kind: "reminder", day: "2026-12-14", daysBefore: 1 },
  ]);
  await sendCampaignLetters(world.asSystem(), 60);
  world.moveClock(days(11));
  expect(await sendCampaignLetters(world.asSystem(), 60)).toBe(3);
  expect((await plannedRuns(world.ctx, campaign.id)).map(({ day }) => day)).toEqual(["2026-12-08", "2026-12-14"]);
});
