import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaignTarget, campaignTargetIctRole, campaignText } from "#db/schema/campaign.ts";
import { ictRole } from "#db/schema/profile.ts";
import { relyingPartyRole } from "#db/schema/relying-party.ts";
import type { CampaignPart } from "#lib/audit/events/campaigns.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { changeable } from "./campaign-state.ts";
import type { LetterText } from "./find-campaign.ts";
import { type CampaignRow, type ChangeCampaignRefusal, holdingCampaign, type Which } from "./hold-campaign.ts";
import { type About, aboutFields } from "./parse/parse-about.ts";
import type { Letters } from "./parse/parse-letters.ts";
import { type Schedule, scheduleFields } from "./parse/parse-schedule.ts";
import type { Whom } from "./parse/parse-whom.ts";

/** campaign_over: it is closed. told_already: people were told this, and it stays. */
export type ChangePartRefusal = ChangeCampaignRefusal | "campaign_over" | "told_already";
type Changed = Promise<Result<{ changed: boolean }, ChangePartRefusal>>;

/** What it is called and why, and whom to ask. Once people were told, contacts alone change. */
export const changeAbout = (ctx: Context, which: Which, wanted: About): Changed =>
  holdingCampaign(ctx, which, async (tx, row) => {
    const before = only(row, aboutFields);
    const changed = aboutFields.filter((name) => before[name] !== wanted[name]);
    const may = changeable(row.state);
    if (may === "over") return refuse("campaign_over");
    if (may === "told" && changed.some((name) => name !== "contacts")) return refuse("told_already");
    return said(tx, ctx, row, "about", only(row, changed), only(wanted, changed), wanted);
  });

/** When its letters go out, and when none does: of those that are still to come. */
export const changeSchedule = (ctx: Context, which: Which, wanted: Schedule): Changed =>
  holdingCampaign(ctx, which, async (tx, row) => {
    if (changeable(row.state) === "over") return refuse("campaign_over");
    return said(tx, ctx, row, "schedule", only(row, scheduleFields), wanted, wanted);
  });

/** targets_unknown: there is no such role, or it is given to nobody any more. */
export const changeWhom = (
  ctx: Context,
  which: Which,
  wanted: Whom,
): Promise<Result<{ changed: boolean }, ChangePartRefusal | "targets_unknown">> =>
  holdingCampaign<{ changed: boolean }, ChangePartRefusal | "targets_unknown">(ctx, which, async (tx, row) => {
    const may = changeable(row.state);
    if (may === "over") return refuse("campaign_over");
    if (may === "told") return refuse("told_already");
    const before = await whomOf(tx, row);
    if (!(await areOffered(tx, wanted, before))) return refuse("targets_unknown");
    const after = { ...wanted, roleIds: [...wanted.roleIds].sort(), ictRoleIds: [...wanted.ictRoleIds].sort() };
    if (isSame(before, after)) return ok({ set: null, value: { changed: false } });
    const campaignId = row.id;
    await tx.delete(campaignTarget).where(eq(campaignTarget.campaignId, campaignId));
    await tx.delete(campaignTargetIctRole).where(eq(campaignTargetIctRole.campaignId, campaignId));
    if (after.roleIds.length > 0)
      await tx.insert(campaignTarget).values(after.roleIds.map((roleId) => ({ campaignId, roleId })));
    if (after.ictRoleIds.length > 0)
      await tx.insert(campaignTargetIctRole).values(after.ictRoleIds.map((roleId) => ({ campaignId, roleId })));
    return said(tx, ctx, row, "whom", before, after, { requirements: after.requirements });
  });

/** What its letters say from now on; those that went out have gone out. */
export const changeLetters = (ctx: Context, which: Which, wanted: Letters): Changed =>
  holdingCampaign(ctx, which, async (tx, row) => {
    if (changeable(row.state) === "over") return refuse("campaign_over");
    const rows = await tx.select().from(campaignText).where(eq(campaignText.campaignId, row.id));
    const before: Partial<Record<string, LetterText>> = {};
    const after: Partial<Record<string, LetterText>> = {};
    for (const { campaignId: _, kind, ...text } of rows) {
      if (isSame(text, only(wanted[kind], Object.keys(text) as (keyof LetterText)[]))) continue;
      before[kind] = text;
      after[kind] = wanted[kind];
      await tx
        .update(campaignText)
        .set(wanted[kind])
        .where(and(eq(campaignText.campaignId, row.id), eq(campaignText.kind, kind)));
    }
    return said(tx, ctx, row, "letters", before, after, {});
  });

/** Records what became another, and nothing where nothing did. */
async function said(
  tx: Tx,
  ctx: Context,
  row: CampaignRow,
  part: CampaignPart,
  before: object,
  after: object,
  set: Partial<CampaignRow>,
) {
  if (isSame(before, after)) return ok({ set: null, value: { changed: false } });
  await record(tx, ctx, { type: "campaign.changed", accountId: null, campaignId: row.id, part, before, after });
  return ok({ set, value: { changed: true } });
}

async function whomOf(tx: Tx, row: CampaignRow): Promise<Whom> {
  const roles = await tx.select().from(campaignTarget).where(eq(campaignTarget.campaignId, row.id));
  const ictRoles = await tx.select().from(campaignTargetIctRole).where(eq(campaignTargetIctRole.campaignId, row.id));
  return {
    roleIds: roles.map(({ roleId }) => roleId).sort(),
    ictRoleIds: ictRoles.map(({ roleId }) => roleId).sort(),
    requirements: row.requirements,
  };
}

/** Whether all are there and may be given; what was chosen before may have ended since. */
async function areOffered(tx: Tx, wanted: Whom, before: Whom): Promise<boolean> {
  const newRoles = wanted.roleIds.filter((id) => !before.roleIds.includes(id));
  const newIctRoles = wanted.ictRoleIds.filter((id) => !before.ictRoleIds.includes(id));
  const roles = await tx
    .select({ id: relyingPartyRole.id })
    .from(relyingPartyRole)
    .where(and(inArray(relyingPartyRole.id, newRoles), isNull(relyingPartyRole.retiredAt)));
  const ictRoles = await tx
    .select({ id: ictRole.id })
    .from(ictRole)
    .where(and(inArray(ictRole.id, newIctRoles), isNull(ictRole.retiredAt)));
  return roles.length === newRoles.length && ictRoles.length === newIctRoles.length;
}

const only = <T extends object, Name extends keyof T>(from: T, names: readonly Name[]): Pick<T, Name> =>
  Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, Name>;

const isSame = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);
