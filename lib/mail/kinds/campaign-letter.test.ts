import { expect, test } from "vitest";
import { account as accounts } from "#db/schema/account.ts";
import { campaignPerson, campaignPhase, campaign as campaigns, campaignText } from "#db/schema/campaign.ts";
import { campaignRun } from "#db/schema/campaign-run.ts";
import type { Context } from "#lib/kernel/context.ts";
import { addCampaign } from "#lib/testing/campaign.ts";
import { addCampaignPeople } from "#lib/testing/campaign-people.ts";
import { drainMail, exampleAgency, scriptedTransport } from "#lib/testing/mail.ts";
import { type AccountWanted, newWorld, type World } from "#lib/testing/new-world.ts";
import { deliver } from "../deliver.ts";
import { enqueue } from "../enqueue.ts";

type Wanted = { account?: AccountWanted; before?: (world: World) => Promise<unknown>; byHand?: boolean };

/** A reminder that is owed to somebody, as it is handed over; `before`: what happened meanwhile. */
async function reminderOf({ account = {}, before, byHand = false }: Wanted = {}) {
  const world = await newWorld();
  const campaign = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }] });
  const phaseId = campaign.phases[0]?.id ?? "";
  const [person] = await addCampaignPeople(world, campaign, 1, {
    account,
    missing: ["mobile", "second_factor", "ap_confirmation"],
    heldUpBy: "mobile",
  });
  if (!person) throw new Error("nobody");
  const startedBy = byHand ? person.id : null;
  await world.db.insert(campaignRun).values({
    id: phaseId,
    campaignId: campaign.id,
    phaseId,
    kind: "reminder",
    occasion: "before-7",
    state: "done",
    startedBy,
    startedAt: world.now(),
  });
  const letter = { kind: "campaign_reminder", accountId: person.id, to: person.officialEmail } as const;
  await world.db.transaction((tx) => enqueue(tx, world.ctx, { ...letter, about: { runId: phaseId } }));
  await before?.(world);
  const [mail] = await drainMail(world.asSystem());
  return { world, mail, state: (await world.mails())[0]?.state };
}

test("the agency's words stand between the greeting and the reader's own list, in their language", async () => {
  const { mail } = await reminderOf();
  expect(mail?.subject).toBe("Peringatan: pindah ke Roaming OTP");
  const order = [
    "Pejabat anda berpindah",
    "Tempoh anda: 1 November 2026 hingga 15 Disember 2026",
    "telefon bimbit",
    "aplikasi pengesah",
    "Pengesahan oleh AP",
    "/home/move",
    "Surat Pekeliling Contoh",
  ];
  const places = order.map((words) => mail?.text.indexOf(words) ?? -1);
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));

  const english = await reminderOf({ account: { language: "en" } });
  expect(english.mail?.subject).toBe("Reminder: move to Roaming OTP");
  expect(english.mail?.text).toContain("Your office moves in this phase.");
  expect(english.mail?.text).toContain("Your period: 1 November 2026 to 15 December 2026");
});

test("the list is of what is left when the letter goes out", async () => {
  const { mail } = await reminderOf({
    before: (world) => world.db.update(campaignPerson).set({ missing: ["second_factor"], heldUpBy: "second_factor" }),
  });
  expect(mail?.text).not.toContain("telefon bimbit");
  expect(mail?.text).toContain("aplikasi pengesah");
});

test("whoever was never activated is led to that first", async () => {
  const { world, mail } = await reminderOf({ account: { status: "pre_registered" } });
  expect(mail?.text).toContain(`${world.ctx.origin}/activate`);
  expect(mail?.text).toContain("Aktifkan akaun Kunci anda");
  expect(mail?.text).not.toContain("/home/move");
});

test("marks of HTML in the agency's text are text", async () => {
  const { mail } = await reminderOf({
    before: (world) =>
      world.db
        .update(campaignText)
        .set({ subjectMs: "A < B & C", bodyMs: "<script>alert(1)</script>\nbaris dua\n\n<b>tebal</b>" }),
  });
  expect(mail?.subject).toBe("A < B & C");
  expect(mail?.html).not.toMatch(/<script|<b>tebal/);
  expect(mail?.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;<br/>baris dua");
  expect(mail?.text).toContain("<b>tebal</b>");
});

test.each<[string, (world: World) => Promise<unknown>]>([
  ["is done", (world) => world.db.update(campaignPerson).set({ state: "done", missing: [] })],
  ["has left the campaign", (world) => world.db.update(campaignPerson).set({ state: "left" })],
  ["is suspended", (world) => world.db.update(accounts).set({ status: "suspended" })],
  ["has another mailbox", (world) => world.db.update(accounts).set({ officialEmail: "lain@contoh.example.gov.my" })],
  ["reads it after the campaign was closed", (world) => world.db.update(campaigns).set({ state: "closed" })],
  ["reads it after the phase was over", (world) => world.db.update(campaignPhase).set({ untilDay: "2026-11-19" })],
])("it is not sent to whoever %s meanwhile", async (_, before) => {
  expect(await reminderOf({ before })).toMatchObject({ mail: undefined, state: "moot" });
});

test("what an officer sends after the phase says that it is over", async () => {
  const { mail } = await reminderOf({
    byHand: true,
    before: (world) => world.db.update(campaignPhase).set({ untilDay: "2026-11-19" }),
  });
  expect(mail?.text).toContain("sudah tamat");
});

test("what a letter tells of is looked at before it is put together", async () => {
  const world = await newWorld();
  const campaign = await addCampaign(world.ctx, { phases: [{ officeIds: [world.office.id] }] });
  const [person] = await addCampaignPeople(world, campaign, 1);
  if (!person) throw new Error("nobody");
  const phaseId = campaign.phases[0]?.id ?? "";
  const run = { id: phaseId, campaignId: campaign.id, phaseId, kind: "invitation", occasion: "begin" } as const;
  await world.db.insert(campaignRun).values({ ...run, state: "done", startedAt: world.now() });
  const owed = { kind: "campaign_invitation", accountId: person.id, to: person.officialEmail } as const;
  await world.db.transaction((tx) => enqueue(tx, world.ctx, { ...owed, about: { runId: phaseId } }));
  const [letter] = await world.mails();
  const { transport, offered } = scriptedTransport();
  const looked: string[] = [];
  const campaign_invitation = async (ctx: Context, accountId: string) => {
    looked.push(accountId);
    await ctx.db.update(campaignPerson).set({ missing: ["personal_email"] });
  };
  const room = { transport, agency: exampleAgency, beforehand: { campaign_invitation } };
  await deliver(world.asSystem(), room, letter?.id ?? "");
  expect(looked).toEqual([person.id]);
  expect(offered[0]?.text).toContain("Sahkan emel peribadi");
});
