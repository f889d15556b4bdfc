import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { campaignPhase, campaignPhaseOffice } from "#db/schema/campaign.ts";
import { office } from "#db/schema/office.ts";
import { record } from "#lib/audit/record.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { changeable } from "../campaign-state.ts";
import { type CampaignRow, type ChangeCampaignRefusal, holdingCampaign, type Which } from "../hold-campaign.ts";
import { mayTouch, type PhaseFault, type PhasePlan, phaseFaults } from "./phase-rules.ts";

type Kept = PhasePlan & { id: string };
/** An agency's offices move in some waves. */
const MOST_PHASES = 40;

/** phase_over, phase_begun: people were held to it already. no_phase: it was taken out. phases_many: `MOST_PHASES`. */
export type ChangePhaseRefusal =
  | ChangeCampaignRefusal
  | "campaign_over"
  | "phase_over"
  | "phase_begun"
  | "no_phase"
  | "phases_many";
type Saved = { changed: boolean } | { faults: PhaseFault[] };

/** A new phase (`phaseId` null), or other days and offices of one. `faults`: why it is not kept. */
export const savePhase = (
  ctx: Context,
  which: Which,
  phaseId: string | null,
  wanted: Omit<PhasePlan, "id">,
): Promise<Result<Saved, ChangePhaseRefusal>> =>
  holdingCampaign<Saved, ChangePhaseRefusal>(ctx, which, async (tx, row) => {
    const today = dayOf(ctx.now());
    const may = changeable(row.state);
    if (may === "over") return refuse("campaign_over");
    const phases = await phasesOf(tx, row.id);
    const was = phases.find(({ id }) => id === phaseId) ?? null;
    if (phaseId !== null && !was) return refuse("no_phase");
    if (!was && phases.length >= MOST_PHASES) return refuse("phases_many");
    const touched = was ? mayTouch(was, may, today, "change") : ok(null);
    if (!touched.ok) return touched;
    const plan: PhasePlan = { ...wanted, id: phaseId };
    const others = phases.filter(({ id }) => id !== phaseId);
    const faults = phaseFaults(plan, was, others, { today, may, offices: await officesOf(tx) });
    if (faults.length > 0) return ok({ set: null, value: { faults } });
    const before = was && told(was);
    const after = told(plan);
    if (JSON.stringify(before) === JSON.stringify(after)) return ok({ set: null, value: { changed: false } });
    const id = phaseId ?? uuidv7(ctx.now(), ctx.random);
    await write(tx, row, { ...plan, id }, others);
    await record(tx, ctx, {
      type: "campaign.changed",
      accountId: null,
      campaignId: row.id,
      part: "phase",
      before,
      after,
    });
    return ok({ set: {}, value: { changed: true } });
  });

/** Takes out a phase that people were not yet held to; its offices are then in none. */
export const removePhase = (
  ctx: Context,
  which: Which,
  phaseId: string,
): Promise<Result<{ changed: boolean }, ChangePhaseRefusal>> =>
  holdingCampaign<{ changed: boolean }, ChangePhaseRefusal>(ctx, which, async (tx, row) => {
    const phases = await phasesOf(tx, row.id);
    const was = phases.find(({ id }) => id === phaseId);
    if (!was) return refuse("no_phase");
    const touched = mayTouch(was, changeable(row.state), dayOf(ctx.now()), "remove");
    if (!touched.ok) return touched;
    await tx.delete(campaignPhase).where(eq(campaignPhase.id, phaseId));
    await number(
      tx,
      row,
      phases.filter(({ id }) => id !== phaseId),
    );
    await record(tx, ctx, {
      type: "campaign.changed",
      accountId: null,
      campaignId: row.id,
      part: "phase",
      before: told(was),
      after: null,
    });
    return ok({ set: {}, value: { changed: true } });
  });

/** The phases of a campaign as the rules see them, by their days. */
export async function phasesOf(tx: Tx, campaignId: string): Promise<Kept[]> {
  const phases = await tx
    .select()
    .from(campaignPhase)
    .where(eq(campaignPhase.campaignId, campaignId))
    .orderBy(asc(campaignPhase.fromDay));
  const offices = await tx.select().from(campaignPhaseOffice).where(eq(campaignPhaseOffice.campaignId, campaignId));
  return phases.map(({ id, fromDay, untilDay }) => ({
    id,
    fromDay,
    untilDay,
    officeIds: offices.filter(({ phaseId }) => phaseId === id).map(({ officeId }) => officeId),
  }));
}

/** Every office there is, and whether it is chosen by nobody any more. */
export async function officesOf(tx: Tx): Promise<ReadonlyMap<string, { isRetired: boolean }>> {
  const rows = await tx.select({ id: office.id, retiredAt: office.retiredAt }).from(office);
  return new Map(rows.map(({ id, retiredAt }) => [id, { isRetired: retiredAt !== null }]));
}

const told = ({ fromDay, untilDay, officeIds }: PhasePlan) => ({
  fromDay,
  untilDay,
  officeIds: [...officeIds].sort(),
});

async function write(tx: Tx, row: CampaignRow, phase: Kept, others: readonly Kept[]): Promise<void> {
  const { id, fromDay, untilDay, officeIds } = phase;
  await tx
    .insert(campaignPhase)
    .values({ id, campaignId: row.id, number: MOST_PHASES + 1, fromDay, untilDay })
    .onConflictDoUpdate({ target: campaignPhase.id, set: { fromDay, untilDay } });
  await tx.delete(campaignPhaseOffice).where(eq(campaignPhaseOffice.phaseId, id));
  await tx
    .insert(campaignPhaseOffice)
    .values(officeIds.map((officeId) => ({ phaseId: id, campaignId: row.id, officeId })));
  await number(tx, row, [...others, phase]);
}

/** 1, 2, 3 … by their days; in two steps, since no two may have one number even for a moment. */
async function number(tx: Tx, row: CampaignRow, phases: readonly Kept[]): Promise<void> {
  const inOrder = [...phases].sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1)).map(({ id }) => id);
  if (inOrder.length === 0) return;
  await tx
    .update(campaignPhase)
    .set({ number: sql`-${campaignPhase.number}` })
    .where(eq(campaignPhase.campaignId, row.id));
  await tx
    .update(campaignPhase)
    .set({ number: sql`array_position(${sql.param(inOrder)}::uuid[], ${campaignPhase.id})` })
    .where(eq(campaignPhase.campaignId, row.id));
}
