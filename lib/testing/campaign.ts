import { randomUUID } from "node:crypto";
import {
  type CampaignLetterKind,
  campaign,
  campaignLetterKinds,
  campaignPerson,
  campaignPhase,
  campaignPhaseOffice,
  campaignTarget,
  campaignTargetIctRole,
  campaignText,
} from "#db/schema/campaign.ts";
import type { Context } from "#lib/kernel/context.ts";

export type PhaseWanted = { fromDay?: string; untilDay?: string; officeIds: readonly string[] };
export type CampaignWanted = Partial<typeof campaign.$inferInsert> & {
  phases?: readonly PhaseWanted[];
  /** Ids of roles of relying parties. */
  roleIds?: readonly string[];
  ictRoleIds?: readonly string[];
};

/**
 * A campaign that runs, as its administrator would have left it: moving needs a verified official mailbox and a second
 * factor, where nothing else is said. The days of a phase are 1 November to 15 December 2026.
 */
export async function addCampaign(
  ctx: Context,
  { phases = [], roleIds = [], ictRoleIds = [], ...wanted }: CampaignWanted = {},
) {
  const id = wanted.id ?? randomUUID();
  const [added] = await ctx.db
    .insert(campaign)
    .values({
      nameMs: "Peralihan ke Roaming OTP",
      nameEn: "Moving to Roaming OTP",
      reasonMs: "Token USB digantikan.",
      reasonEn: "USB tokens are replaced.",
      authority: "Surat Pekeliling Contoh Bil. 1 Tahun 2026",
      contacts: "Unit Contoh, 03-0000 1234",
      state: "running",
      requirements: ["official_email", "second_factor"],
      remindDaysBefore: [14, 7, 1],
      quietWeekdays: [6, 7],
      quietDays: [],
      createdAt: ctx.now(),
      announcedAt: ctx.now(),
      startedAt: ctx.now(),
      ...wanted,
      id,
    })
    .returning();
  if (!added) throw new Error("The campaign was not added");
  const made = phases.map(({ fromDay = "2026-11-01", untilDay = "2026-12-15", officeIds }, n) => ({
    id: randomUUID(),
    campaignId: id,
    number: n + 1,
    fromDay,
    untilDay,
    officeIds,
  }));
  if (made.length > 0) await ctx.db.insert(campaignPhase).values(made.map(({ officeIds: _, ...phase }) => phase));
  const offices = made.flatMap(({ id: phaseId, officeIds }) =>
    officeIds.map((officeId) => ({ phaseId, campaignId: id, officeId })),
  );
  if (offices.length > 0) await ctx.db.insert(campaignPhaseOffice).values(offices);
  if (roleIds.length > 0)
    await ctx.db.insert(campaignTarget).values(roleIds.map((roleId) => ({ campaignId: id, roleId })));
  if (ictRoleIds.length > 0)
    await ctx.db.insert(campaignTargetIctRole).values(ictRoleIds.map((roleId) => ({ campaignId: id, roleId })));
  await ctx.db.insert(campaignText).values(campaignLetterKinds.map((kind) => textOf(id, kind)));
  return { ...added, phases: made };
}

const textOf = (campaignId: string, kind: CampaignLetterKind) => ({
  campaignId,
  kind,
  subjectMs: kind === "invitation" ? "Pindah ke Roaming OTP" : "Peringatan: pindah ke Roaming OTP",
  subjectEn: kind === "invitation" ? "Move to Roaming OTP" : "Reminder: move to Roaming OTP",
  bodyMs: "Pejabat anda berpindah dalam fasa ini.\n\nSila lengkapkan senarai di bawah.",
  bodyEn: "Your office moves in this phase.\n\nPlease complete the list below.",
});

export type Standing = Pick<typeof campaignPerson.$inferInsert, "campaignId" | "accountId" | "officeId"> &
  Partial<typeof campaignPerson.$inferInsert>;

/** Lets people stand in a campaign as they would be found: under way and held up by a second factor where nothing else is said. */
export const standIn = (ctx: Context, people: readonly Standing[]) =>
  ctx.db.insert(campaignPerson).values(
    people.map((person) => ({
      state: "under_way" as const,
      missing: ["second_factor" as const],
      heldUpBy: person.state === "done" || person.state === "left" ? null : ("second_factor" as const),
      enteredAt: ctx.now(),
      checkedAt: ctx.now(),
      ...person,
    })),
  );
