import { and, eq, inArray } from "drizzle-orm";
import { campaignRun } from "#db/schema/campaign-run.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { reachesOffice, type Scope, scopeOf } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";

/** Every move of a run by hand; it becomes done by itself. */
const runChanges = {
  pause: { from: ["running"], to: "paused", tells: "campaign_letters.paused" },
  resume: { from: ["paused"], to: "running", tells: "campaign_letters.resumed" },
  stop: { from: ["running", "paused"], to: "stopped", tells: "campaign_letters.stopped" },
} as const;
export type RunChange = keyof typeof runChanges;
export const isRunChange = (value: unknown): value is RunChange => typeof value === "string" && value in runChanges;

export type RunRefusal = "signed_out" | "not_found" | "moved_meanwhile";

/** Whether somebody's scope has every office that a run writes to: those of the schedule write to all. */
export const reachesRun = (scope: Scope, { officeIds }: { officeIds: readonly string[] | null }): boolean =>
  scope.all || (officeIds?.every((id) => reachesOffice(scope, id)) ?? false);

/**
 * Pauses, resumes or ends a run; `not_found` where it writes to offices outside the officer's scope. What a minute's share
 * has owed already still goes out.
 */
export const changeRun = (ctx: Context, runId: string, change: RunChange): Promise<Result<null, RunRefusal>> =>
  ctx.db.transaction(async (tx) => {
    const officer = await requireRight(tx, ctx, "campaign.remind");
    if (!officer.ok) return officer;
    if (!isUuid(runId)) return refuse("not_found");
    const { from, to, tells } = runChanges[change];
    const columns = { campaignId: campaignRun.campaignId, officeIds: campaignRun.officeIds };
    const [run] = await tx.select(columns).from(campaignRun).where(eq(campaignRun.id, runId));
    if (!run || !reachesRun(scopeOf(officer.value, "campaign.remind"), run)) return refuse("not_found");
    const [moved] = await tx
      .update(campaignRun)
      .set({ state: to, ...(to === "stopped" && { endedAt: ctx.now() }) })
      .where(and(eq(campaignRun.id, runId), inArray(campaignRun.state, [...from])))
      .returning({ id: campaignRun.id });
    if (!moved) return refuse("moved_meanwhile");
    await record(tx, ctx, { type: tells, accountId: null, campaignId: run.campaignId, runId });
    return ok(null);
  });
