import { and, eq, exists, inArray, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaign, campaignDay, campaignPerson, campaignTarget, campaignTargetIctRole } from "#db/schema/campaign.ts";
import { campaignLetter, campaignRun } from "#db/schema/campaign-run.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { onsiteSession } from "#db/schema/onsite.ts";
import { record } from "#lib/audit/record.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { areOf, endRuns } from "../letters/end-runs.ts";
import { callOffAll } from "../onsite/session/call-off.ts";
import { overtakeOf } from "../requests/overtake-requests.ts";
import { type CampaignMove, moved } from "./campaign-state.ts";
import { type CampaignRow, type ChangeCampaignRefusal, holdingCampaign, type Which } from "./hold-campaign.ts";
import { officesOf, phasesOf } from "./phases/change-phases.ts";

/** Why a campaign cannot be announced as it is: what its administrator has still to see to. */
const lacks = ["no_phases", "no_targets", "phase_over", "office_retired"] as const;
export type NotReady = (typeof lacks)[number];
export const isLack = (error: string): error is NotReady => lacks.some((one) => one === error);

/**
 * campaign_state: no such move from where it is. written_to: letters went out already. in_use: somebody has asked or
 * signed up in it.
 */
export type MoveCampaignRefusal = ChangeCampaignRefusal | "campaign_state" | NotReady | "written_to" | "in_use";
type Moved = Promise<Result<null, MoveCampaignRefusal>>;

/** People are told from now on: the banner with its days, the invitations of the first phase. */
export const announceCampaign = (ctx: Context, which: Which): Moved =>
  moving(ctx, which, "announce", async (tx, row) => {
    const [lacking] = await notReady(tx, ctx, row.id);
    if (lacking) return refuse(lacking);
    await tell(tx, ctx, row, "campaign.announced");
    return ok({ announcedAt: ctx.now() });
  });

/** Back to being written, as long as nobody was written to: what was found of people is forgotten. */
export const withdrawCampaign = (ctx: Context, which: Which): Moved =>
  moving(ctx, which, "withdraw", async (tx, row) => {
    // Whoever is about to write holds the run's row: either it has written, or it finds no run any more.
    const runs = await tx
      .select({ id: campaignRun.id })
      .from(campaignRun)
      .where(eq(campaignRun.campaignId, row.id))
      .for("update");
    const ids = runs.map(({ id }) => id);
    const [letter] = await tx
      .select({ runId: campaignLetter.runId })
      .from(campaignLetter)
      .where(and(inArray(campaignLetter.runId, ids), eq(campaignLetter.outcome, "owed")))
      .limit(1);
    if (letter) return refuse("written_to");
    await tx.delete(campaignRun).where(inArray(campaignRun.id, ids));
    await tx.delete(campaignPerson).where(eq(campaignPerson.campaignId, row.id));
    await tx.delete(campaignDay).where(eq(campaignDay.campaignId, row.id));
    await tell(tx, ctx, row, "campaign.withdrawn");
    return ok({ announcedAt: null });
  });

/** Running before its first day, because somebody said so. */
export const startCampaign = (ctx: Context, which: Which): Moved =>
  moving(ctx, which, "start", async (tx, row) => {
    await tell(tx, ctx, row, "campaign.started");
    return ok({ startedAt: ctx.now() });
  });

/** Nothing moves any more: no letters go out, what waits to be confirmed is overtaken, and its sessions are called off. */
export const closeCampaign = (ctx: Context, which: Which): Moved =>
  moving(ctx, which, "close", async (tx, row) => {
    await endRuns(tx, ctx, areOf(row.id));
    await overtakeOf(tx, ctx, row.id);
    await callOffAll(tx, ctx, row.id);
    await tell(tx, ctx, row, "campaign.closed");
    return ok({ closedAt: ctx.now() });
  });

/** Throws a draft away, with all that was written in it. */
export const discardCampaign = (ctx: Context, which: Which): Moved =>
  moving(ctx, which, "discard", async (tx, row) => {
    const requests = tx.select({ id: moveRequest.id }).from(moveRequest).where(eq(moveRequest.campaignId, row.id));
    const sessions = tx
      .select({ id: onsiteSession.id })
      .from(onsiteSession)
      .where(eq(onsiteSession.campaignId, row.id));
    const [used] = await tx
      .select({ id: campaign.id })
      .from(campaign)
      .where(and(eq(campaign.id, row.id), or(exists(requests), exists(sessions))));
    if (used) return refuse("in_use");
    await tx.delete(campaign).where(eq(campaign.id, row.id));
    await tell(tx, ctx, row, "campaign.discarded");
    return ok(null);
  });

const moving = (
  ctx: Context,
  which: Which,
  move: CampaignMove,
  work: (tx: Tx, row: CampaignRow) => Promise<Result<Partial<CampaignRow> | null, MoveCampaignRefusal>>,
): Moved =>
  holdingCampaign<null, MoveCampaignRefusal>(ctx, which, async (tx, row) => {
    const to = moved(row.state, move);
    if (!to.ok) return to;
    const done = await work(tx, row);
    if (!done.ok) return done;
    const set = done.value === null || to.value === "discarded" ? null : { ...done.value, state: to.value };
    return ok({ set, value: null });
  });

const tell = (
  tx: Tx,
  ctx: Context,
  { id: campaignId }: CampaignRow,
  type: `campaign.${"announced" | "withdrawn" | "started" | "closed" | "discarded"}`,
): Promise<void> => record(tx, ctx, { type, accountId: null, campaignId });

/** All that stands in the way of announcing it; nothing where it may be. */
export async function notReady(tx: Tx, ctx: Pick<Context, "now">, campaignId: string): Promise<NotReady[]> {
  const today = dayOf(ctx.now());
  const phases = await phasesOf(tx, campaignId);
  const lacking: NotReady[] = [];
  if (phases.length === 0) lacking.push("no_phases");
  if (phases.some(({ untilDay }) => untilDay < today)) lacking.push("phase_over");
  const offices = await officesOf(tx);
  if (phases.some(({ officeIds }) => officeIds.some((id) => offices.get(id)?.isRetired)))
    lacking.push("office_retired");
  if (!(await hasTargets(tx, campaignId))) lacking.push("no_targets");
  return lacking;
}

async function hasTargets(tx: Tx, campaignId: string): Promise<boolean> {
  const roles = tx.select({ id: sql`1` }).from(campaignTarget).where(eq(campaignTarget.campaignId, campaignId));
  const said = tx
    .select({ id: sql`1` })
    .from(campaignTargetIctRole)
    .where(eq(campaignTargetIctRole.campaignId, campaignId));
  const [found] = await tx
    .select({ id: campaign.id })
    .from(campaign)
    .where(and(eq(campaign.id, campaignId), or(exists(roles), exists(said))));
  return found !== undefined;
}
