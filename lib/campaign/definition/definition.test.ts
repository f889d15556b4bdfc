import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { campaign, campaignPerson, campaignPhase } from "#db/schema/campaign.ts";
import { campaignLetter, campaignRun } from "#db/schema/campaign-run.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { office } from "#db/schema/office.ts";
import { onsiteSession } from "#db/schema/onsite.ts";
import { ictRole } from "#db/schema/profile.ts";
import { relyingPartyRole } from "#db/schema/relying-party.ts";
import { days, hours } from "#lib/kernel/time.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { newWorld, type World } from "#lib/testing/new-world.ts";
import { addOnsitePlace, addOnsiteSession } from "#lib/testing/onsite.ts";
import { addRelyingParty } from "#lib/testing/relying-party.ts";
import { checkIn } from "../onsite/counter/check-in.ts";
import { verifyPresence } from "../onsite/counter/verify-presence.ts";
import { changeAbout, changeLetters, changeSchedule, changeWhom } from "./change-campaign.ts";
import { createCampaign, firstText } from "./create-campaign.ts";
import { findCampaign } from "./find-campaign.ts";
import { announceCampaign, closeCampaign, discardCampaign, startCampaign, withdrawCampaign } from "./move-campaign.ts";
import { removePhase, savePhase } from "./phases/change-phases.ts";
import { startDueCampaigns } from "./start-due-campaigns.ts";

let world: World;
let ctx: Awaited<ReturnType<World["officer"]>>["ctx"];
let administrator: Awaited<ReturnType<World["officer"]>>["account"];
beforeEach(async () => {
  world = await newWorld();
  ({ ctx, account: administrator } = await world.officer("administrator"));
});

const about = {
  nameMs: "Peralihan",
  nameEn: "The move",
  reasonMs: "Sebab.",
  reasonEn: "A reason.",
  authority: "Pekeliling 1/2026",
  contacts: "Unit Contoh",
};
const refused = (error: string) => ({ ok: false, error });

async function created(): Promise<string> {
  const made = await createCampaign(ctx, about);
  if (!made.ok) throw new Error(made.error);
  return made.value.campaignId;
}
const seen = async (id: string) => {
  const found = await findCampaign(ctx, id);
  if (!found) throw new Error("The campaign is gone");
  return found;
};
/** Which one, as it is now. */
const of = async (campaignId: string) => ({ campaignId, version: (await seen(campaignId)).version });

const phase = (fromDay: string, untilDay: string, ...officeIds: string[]) => ({ fromDay, untilDay, officeIds });

/** A draft that lacks nothing. */
async function ready(from = "2026-12-01"): Promise<string> {
  const id = await created();
  const { roles } = await addRelyingParty(ctx, { roles: ["pelulus-1"] });
  await changeWhom(ctx, await of(id), {
    roleIds: roles.map((role) => role.id),
    ictRoleIds: [],
    requirements: ["second_factor"],
  });
  await savePhase(ctx, await of(id), null, phase(from, "2026-12-15", world.office.id));
  return id;
}

describe("a campaign", () => {
  test("begins as a draft with letters in both languages, that nobody sees, and is recorded", async () => {
    const id = await created();
    expect(await seen(id)).toMatchObject({
      ...about,
      state: "draft",
      requirements: ["official_email", "mobile", "second_factor"],
      remindDaysBefore: [14, 7, 1],
      quietWeekdays: [6, 7],
      quietDays: [],
      phases: [],
      roles: [],
      ictRoles: [],
      texts: { invitation: firstText("invitation"), reminder: firstText("reminder") },
      createdAt: world.now(),
    });
    expect(await world.events("campaign.created")).toMatchObject([{ data: { campaignId: id } }]);
  });

  test("is nobody's to write but an administrator's with fresh proofs, and what is not there is not found", async () => {
    const id = await created();
    const { ctx: ap } = await world.officer("ap");
    const { ctx: auditor } = await world.officer("auditor");
    for (const other of [ap, auditor]) {
      expect(await createCampaign(other, about)).toEqual(refused("not_found"));
      expect(await changeAbout(other, await of(id), about)).toEqual(refused("not_found"));
      expect(await announceCampaign(other, await of(id))).toEqual(refused("not_found"));
      expect(await savePhase(other, await of(id), null, phase("2026-12-01", "2026-12-02"))).toEqual(
        refused("not_found"),
      );
    }
    expect(await closeCampaign(ctx, { campaignId: randomUUID(), version: 1 })).toEqual(refused("not_found"));
    expect(await closeCampaign(ctx, { campaignId: "x", version: 1 })).toEqual(refused("not_found"));
    expect(await findCampaign(ctx, "x")).toBeNull();
    world.moveClock(hours(1));
    expect(await discardCampaign(ctx, await of(id))).toEqual(refused("step_up"));
  });

  test("that another has changed meanwhile is not written over: of two at once one is told so", async () => {
    const id = await created();
    const which = await of(id);
    // One administrator's two presses wait for their own account: only two people meet at the campaign.
    const { ctx: other } = await world.officer("administrator");
    const outcomes = await Promise.all(
      [ctx, other].map((by, n) => changeAbout(by, which, { ...about, contacts: `Unit ${n}` })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes).toContainEqual(refused("changed_meanwhile"));
  });

  test("is recorded with what it was, by its part, and only where something became another", async () => {
    const id = await created();
    expect(await changeAbout(ctx, await of(id), about)).toEqual({ ok: true, value: { changed: false } });
    await changeAbout(ctx, await of(id), { ...about, nameEn: "Moving" });
    const { texts } = await seen(id);
    await changeLetters(ctx, await of(id), { ...texts, reminder: { ...texts.reminder, subjectEn: "Again" } });
    await changeSchedule(ctx, await of(id), {
      remindDaysBefore: [3],
      quietWeekdays: [5, 6],
      quietDays: ["2026-12-25"],
    });
    expect((await world.events("campaign.changed")).map(({ data }) => data)).toMatchObject([
      { part: "about", before: { nameEn: "The move" }, after: { nameEn: "Moving" } },
      { part: "letters", before: { reminder: texts.reminder }, after: { reminder: { subjectEn: "Again" } } },
      { part: "schedule", before: { quietWeekdays: [6, 7] }, after: { quietWeekdays: [5, 6] } },
    ]);
    expect(await seen(id)).toMatchObject({ version: 4, remindDaysBefore: [3], quietDays: ["2026-12-25"] });
  });

  test("is for roles that are given: of systems, and such as people say they have", async () => {
    const id = await created();
    const { roles } = await addRelyingParty(ctx, { name: "Perakaunan", roles: ["pelulus-1", "pelulus-2"] });
    await world.db.insert(ictRole).values({ id: "pelulus", nameMs: "Pelulus", nameEn: "Approver", position: 1 });
    const roleIds = roles.map((role) => role.id);
    const wanted = { roleIds, ictRoleIds: ["pelulus"], requirements: ["mobile", "second_factor"] as const };
    expect(await changeWhom(ctx, await of(id), { ...wanted, requirements: [...wanted.requirements] })).toMatchObject({
      ok: true,
    });
    expect(await seen(id)).toMatchObject({
      requirements: ["mobile", "second_factor"],
      roles: [
        { key: "pelulus-1", system: "Perakaunan", isRetired: false },
        { key: "pelulus-2", system: "Perakaunan", isRetired: false },
      ],
      ictRoles: [{ id: "pelulus", nameEn: "Approver" }],
    });
    const unknown = { roleIds: [randomUUID()], ictRoleIds: [], requirements: [] };
    expect(await changeWhom(ctx, await of(id), unknown)).toEqual(refused("targets_unknown"));
    const nobodys = { ...unknown, roleIds: [], ictRoleIds: ["x"] };
    expect(await changeWhom(ctx, await of(id), nobodys)).toEqual(refused("targets_unknown"));
    // One that has ended since may stay among them, and is not put among them anew.
    await world.db.update(relyingPartyRole).set({ retiredAt: world.now() });
    const less = { roleIds: roleIds.slice(0, 1), ictRoleIds: [], requirements: ["second_factor" as const] };
    expect(await changeWhom(ctx, await of(id), less)).toMatchObject({ ok: true });
    expect(await changeWhom(ctx, await of(id), { ...less, roleIds })).toEqual(refused("targets_unknown"));
  });
});

describe("phases", () => {
  test("are numbered by their days, whatever the order they were written in, and keep their ids", async () => {
    const id = await created();
    const [north, south] = [await world.anotherOffice("Utara"), await world.anotherOffice("Selatan")];
    await savePhase(ctx, await of(id), null, phase("2027-01-01", "2027-01-31", north.id));
    await savePhase(ctx, await of(id), null, phase("2026-12-01", "2026-12-31", world.office.id));
    const [first, second] = (await seen(id)).phases;
    expect([first?.fromDay, second?.fromDay]).toEqual(["2026-12-01", "2027-01-01"]);
    await savePhase(ctx, await of(id), first?.id ?? "", phase("2027-02-01", "2027-02-28", world.office.id, south.id));
    expect((await seen(id)).phases).toMatchObject([
      { id: second?.id, number: 1, offices: [{ name: "Utara" }] },
      { id: first?.id, number: 2, offices: [{ code: "0101" }, { name: "Selatan", code: "0102", isRetired: false }] },
    ]);
    await removePhase(ctx, await of(id), second?.id ?? "");
    expect((await seen(id)).phases).toMatchObject([{ id: first?.id, number: 1 }]);
    expect(await removePhase(ctx, await of(id), second?.id ?? "")).toEqual(refused("no_phase"));
    expect(await savePhase(ctx, await of(id), randomUUID(), phase("2027-03-01", "2027-03-02"))).toEqual(
      refused("no_phase"),
    );
  });

  test("that overlap or have an office twice are not kept, and it is said which", async () => {
    const id = await ready();
    const [kept] = (await seen(id)).phases;
    expect(await savePhase(ctx, await of(id), null, phase("2026-12-15", "2026-12-31", world.office.id))).toEqual({
      ok: true,
      value: {
        faults: [
          { field: "fromDay", refusal: "phases_overlap", phaseId: kept?.id },
          { field: "offices", refusal: "office_twice", officeId: world.office.id, phaseId: kept?.id },
        ],
      },
    });
    expect((await seen(id)).phases).toHaveLength(1);
  });

  test("of two that want one office at once one has it", async () => {
    const id = await created();
    const which = await of(id);
    const { ctx: other } = await world.officer("administrator");
    const outcomes = await Promise.all([
      savePhase(ctx, which, null, phase("2026-12-01", "2026-12-01", world.office.id)),
      savePhase(other, which, null, phase("2027-01-01", "2027-01-01", world.office.id)),
    ]);
    expect(outcomes).toContainEqual(refused("changed_meanwhile"));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await seen(id)).phases).toHaveLength(1);
  });

  test("that people were held to stay, once it was announced", async () => {
    const id = await ready("2026-11-20");
    await announceCampaign(ctx, await of(id));
    const [begun] = (await seen(id)).phases;
    expect(await removePhase(ctx, await of(id), begun?.id ?? "")).toEqual(refused("phase_begun"));
    expect(
      await savePhase(ctx, await of(id), begun?.id ?? "", phase("2026-11-20", "2026-12-20", world.office.id)),
    ).toMatchObject({ value: { changed: true } });
    world.moveClock(days(40));
    const later = await world.as(administrator, ["password", "totp"]);
    const longer = phase("2026-11-20", "2027-12-20", world.office.id);
    expect(await savePhase(later, await of(id), begun?.id ?? "", longer)).toEqual(refused("phase_over"));
  });
});

describe("announcing", () => {
  test("waits for phases, for somebody it is for, and for offices that are still there", async () => {
    const id = await created();
    expect(await announceCampaign(ctx, await of(id))).toEqual(refused("no_phases"));
    await savePhase(ctx, await of(id), null, phase("2026-11-20", "2026-11-20", world.office.id));
    expect(await announceCampaign(ctx, await of(id))).toEqual(refused("no_targets"));

    const other = await ready();
    await world.db.update(office).set({ retiredAt: world.now() });
    expect(await announceCampaign(ctx, await of(other))).toEqual(refused("office_retired"));
    world.moveClock(days(30));
    const later = await world.as(administrator, ["password", "totp"]);
    expect(await announceCampaign(later, await of(other))).toEqual(refused("phase_over"));
  });

  test("shows it to people and fixes what they were told; contacts, letters and days to come still change", async () => {
    const id = await ready();
    expect(await announceCampaign(ctx, await of(id))).toEqual({ ok: true, value: null });
    expect(await findCampaign(ctx, id)).toMatchObject({ state: "announced", announcedAt: world.now() });
    expect(await world.events("campaign.announced")).toHaveLength(1);

    const { requirements, roles, ...now } = await seen(id);
    expect(await changeAbout(ctx, await of(id), { ...about, reasonEn: "Another" })).toEqual(refused("told_already"));
    expect(await changeAbout(ctx, await of(id), { ...about, contacts: "Unit B" })).toMatchObject({ ok: true });
    const whom = { roleIds: roles.map((role) => role.id), ictRoleIds: [], requirements };
    expect(await changeWhom(ctx, await of(id), whom)).toEqual(refused("told_already"));
    expect(await changeSchedule(ctx, await of(id), { ...now, remindDaysBefore: [2] })).toMatchObject({ ok: true });
    const [one] = now.phases;
    expect(
      await savePhase(ctx, await of(id), one?.id ?? "", phase("2026-12-03", "2026-12-31", world.office.id)),
    ).toEqual({
      ok: true,
      value: { changed: true },
    });
  });

  test("may be withdrawn while nobody was written to, and not after", async () => {
    const id = await ready();
    const person = await world.account();
    await announceCampaign(ctx, await of(id));
    const [one] = (await seen(id)).phases;
    const run = {
      id: randomUUID(),
      campaignId: id,
      phaseId: one?.id ?? "",
      kind: "invitation" as const,
      occasion: "begin",
      state: "running" as const,
      startedAt: world.now(),
    };
    await world.db.insert(campaignRun).values(run);
    const passedOver = { runId: run.id, accountId: person.id, owedAt: world.now(), day: "2026-11-20" };
    await world.db.insert(campaignLetter).values({ ...passedOver, outcome: "unreachable" });
    await world.db.insert(campaignPerson).values({
      campaignId: id,
      accountId: person.id,
      officeId: world.office.id,
      state: "not_begun",
      missing: [],
      enteredAt: world.now(),
      checkedAt: world.now(),
    });
    expect(await withdrawCampaign(ctx, await of(id))).toEqual({ ok: true, value: null });
    expect(await seen(id)).toMatchObject({ state: "draft", announcedAt: null });
    expect(await world.db.select().from(campaignPerson)).toEqual([]);
    // Announced again, its invitations go out as though for the first time.
    expect(await world.db.select().from(campaignRun)).toEqual([]);

    await announceCampaign(ctx, await of(id));
    await world.db.insert(campaignRun).values(run);
    const letter = { runId: run.id, accountId: person.id, owedAt: world.now(), day: "2026-11-20" };
    await world.db.insert(campaignLetter).values({ ...letter, outcome: "owed" });
    expect(await withdrawCampaign(ctx, await of(id))).toEqual(refused("written_to"));
    expect(await seen(id)).toMatchObject({ state: "announced" });
  });
});

describe("from its announcement to its end", () => {
  test("it begins by itself on the first day of its first phase, once", async () => {
    const id = await ready("2026-11-22");
    await announceCampaign(ctx, await of(id));
    expect(await startDueCampaigns(world.asSystem())).toBe(0);
    world.moveClock(days(2));
    const begun = await Promise.all([1, 2, 3].map(() => startDueCampaigns(world.asSystem())));
    expect(begun.reduce((one, other) => one + other)).toBe(1);
    expect(await seen(id)).toMatchObject({ state: "running", startedAt: world.now() });
    expect(await world.events("campaign.started")).toMatchObject([{ actorKind: "system" }]);
  });

  test("it may be begun by hand, closed, and is then as it was: no move leads on, and nothing changes", async () => {
    const id = await ready();
    await announceCampaign(ctx, await of(id));
    expect(await startCampaign(ctx, await of(id))).toEqual({ ok: true, value: null });
    expect(await withdrawCampaign(ctx, await of(id))).toEqual(refused("campaign_state"));
    expect(await closeCampaign(ctx, await of(id))).toEqual({ ok: true, value: null });
    for (const move of [announceCampaign, withdrawCampaign, startCampaign, closeCampaign, discardCampaign])
      expect(await move(ctx, await of(id))).toEqual(refused("campaign_state"));
    expect(await changeAbout(ctx, await of(id), { ...about, contacts: "Z" })).toEqual(refused("campaign_over"));
    const { texts, phases, ...now } = await seen(id);
    expect(await changeSchedule(ctx, await of(id), now)).toEqual(refused("campaign_over"));
    expect(await changeLetters(ctx, await of(id), texts)).toEqual(refused("campaign_over"));
    expect(await removePhase(ctx, await of(id), phases[0]?.id ?? "")).toEqual(refused("campaign_over"));
    expect(await savePhase(ctx, await of(id), null, phase("2027-01-01", "2027-01-01"))).toEqual(
      refused("campaign_over"),
    );
  });

  test("has forty phases and no more", async () => {
    const day = (n: number) => `2027-0${1 + Math.floor(n / 20)}-${String(1 + (n % 20)).padStart(2, "0")}`;
    const phases = Array.from({ length: 40 }, (_, n) => ({ fromDay: day(n), untilDay: day(n), officeIds: [] }));
    const { id } = await addCampaign(ctx, { state: "draft", phases });
    expect(await savePhase(ctx, await of(id), null, phase("2027-03-01", "2027-03-01"))).toEqual(refused("phases_many"));
  });

  test("closing stops its letters, and what waited to be confirmed is overtaken", async () => {
    const person = await world.account();
    const { id, phases } = await addCampaign(ctx, { phases: [{ officeIds: [world.office.id] }] });
    const run = { campaignId: id, phaseId: phases[0]?.id ?? "", kind: "reminder" as const, startedAt: world.now() };
    await world.db.insert(campaignRun).values([
      { ...run, id: randomUUID(), occasion: "before-14", state: "running" },
      { ...run, id: randomUUID(), occasion: "begin", state: "done" },
    ]);
    await world.db.insert(moveRequest).values({
      id: randomUUID(),
      campaignId: id,
      accountId: person.id,
      kind: "enrolment",
      requestedBy: administrator.id,
      reasonSealed: "x",
      requestedAt: world.now(),
    });
    await closeCampaign(ctx, await of(id));
    const runs = await world.db.select().from(campaignRun);
    expect(runs.map(({ state }) => state).sort()).toEqual(["done", "stopped"]);
    expect(await world.db.select().from(moveRequest)).toMatchObject([{ state: "moot" }]);
    expect(await world.events("move_request.overtaken")).toMatchObject([{ accountId: person.id }]);
    expect(await world.events("campaign_letters.stopped")).toMatchObject([{ data: { campaignId: id } }]);
  });

  test("closing calls off its sessions to come, and ends the counters of those of today", async () => {
    const { id } = await addCampaign(ctx, { phases: [{ officeIds: [world.office.id] }] });
    const session = { campaignId: id, officeIds: [world.office.id] };
    const earlier = new Date(world.now().getTime() - hours(1));
    const today = await addOnsiteSession(ctx, administrator, { ...session, startsAt: earlier, endsAt: world.now() });
    const toCome = await addOnsiteSession(ctx, administrator, session);
    const [comes, asked, never] = [
      await world.account(),
      await world.account(),
      await world.account({ status: "pre_registered" }),
    ];
    await addOnsitePlace(ctx, comes, toCome.id, "booked");
    await addOnsitePlace(ctx, asked, toCome.id, "invited");
    await addOnsitePlace(ctx, never, today.id, "attended", { checkedInAt: world.now() });
    await closeCampaign(ctx, await of(id));
    const states = await world.db.select({ id: onsiteSession.id, state: onsiteSession.state }).from(onsiteSession);
    expect(Object.fromEntries(states.map((each) => [each.id, each.state]))).toEqual({
      [today.id]: "closed",
      [toCome.id]: "cancelled",
    });
    const told = await world.mails();
    expect(told.map(({ accountId }) => accountId).sort()).toEqual([comes.id, asked.id].sort());
    expect(told.map(({ about }) => about)).toMatchObject([{ news: "cancelled" }, { news: "cancelled" }]);
    expect(await verifyPresence(ctx, today.id, never.id, "mykad")).toEqual(refused("counter_closed"));
    expect(await checkIn(ctx, today.id, comes.id, { document: "mykad", walkIn: true })).toEqual(
      refused("counter_closed"),
    );
    expect(await world.events("onsite_session.cancelled")).toHaveLength(1);
  });

  test("a draft is thrown away with all that was written in it, unless somebody asked in it", async () => {
    const id = await ready();
    const person = await world.account();
    await world.db.insert(moveRequest).values({
      id: randomUUID(),
      campaignId: id,
      accountId: person.id,
      kind: "enrolment",
      requestedBy: administrator.id,
      reasonSealed: "x",
      requestedAt: world.now(),
    });
    expect(await discardCampaign(ctx, await of(id))).toEqual(refused("in_use"));
    await world.db.delete(moveRequest);
    expect(await discardCampaign(ctx, await of(id))).toEqual({ ok: true, value: null });
    expect(await findCampaign(ctx, id)).toBeNull();
    expect(await world.db.select().from(campaignPhase).where(eq(campaignPhase.campaignId, id))).toEqual([]);
    expect(await world.db.select().from(campaign)).toEqual([]);
    expect(await world.events("campaign.discarded")).toHaveLength(1);
  });
});
