import { type Named, run } from "#db/named.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import {
  type Officer,
  reachesOffice,
  type Scope,
  scopeCondition,
  scopeOf,
  scopeParameter,
} from "#lib/office/roles/rights.ts";
import type { BoardFilters } from "./board-filters.ts";
import { boardVersion } from "./board-version.ts";
import { type BoardCampaign, findBoard, notThere } from "./find-board.ts";
import { type PhaseShown, phaseIdOf, phaseShown } from "./phase-shown.ts";
import type { Progress } from "./progress.ts";
import {
  byOffice,
  byPhase,
  type FigureRow,
  type Held,
  hindrancesOf,
  type OfficeStanding,
  type PhaseStanding,
  progressOf,
} from "./standing.ts";
import { everyDay, readTrend, type TrendDay, trendSpan } from "./trend.ts";

export type Board = {
  campaign: BoardCampaign;
  shown: PhaseShown;
  /** Of the phase and office that are shown. */
  progress: Progress;
  offices: OfficeStanding[];
  /** Of the office that is shown, whatever the phase. */
  phases: PhaseStanding[];
  /** Of those in the state that is shown, or of all who are not done. */
  hindrances: Held[];
  trend: TrendDay[];
  /** Otherwise as soon as any of it is. */
  version: string;
};

const statement: Named = {
  name: "campaign_figures",
  text: `
    select phase_id as "phaseId", office_id as "officeId", state, held_up_by as "heldUpBy", count(*)::int as people
    from campaign_person where campaign_id = $1 and state <> 'left' and ${scopeCondition("office_id", "$2")}
    group by 1, 2, 3, 4`,
};

/**
 * How a campaign stands in an officer's offices, of one phase and office or of several. Its people are counted once, in one
 * statement, and everything else is added up from that. `not_found`, and recorded: as `findBoard`, an office that is not
 * theirs, and a phase that there is not.
 */
export async function viewBoard(
  ctx: Context,
  campaignId: string,
  filters: BoardFilters,
): Promise<Result<{ officer: Officer; board: Board }, "not_found">> {
  const found = await findBoard(ctx, campaignId);
  if (!found.ok) return found;
  const { officer, campaign } = found.value;
  const scope = scopeOf(officer, "campaign.view");
  const today = dayOf(ctx.now());
  const shown = phaseShown(campaign.phases, filters.phase, today);
  if (!shown || (filters.officeId !== null && !reachesOffice(scope, filters.officeId))) return notThere(ctx);

  const span = trendSpan(shown, today);
  const [version, rows, days] = await Promise.all([
    boardVersion(ctx, officer, campaign.id),
    run<FigureRow>(ctx.db, statement, [campaign.id, scopeParameter(scope)]),
    readTrend(ctx, campaign.id, span, officesOfTrend(campaign, scope, shown, filters.officeId)),
  ]);
  const ofOffice = rows.filter(({ officeId }) => filters.officeId === null || officeId === filters.officeId);
  const phaseId = phaseIdOf(shown);
  const part = ofOffice.filter((row) => phaseId === undefined || row.phaseId === phaseId);
  const progress = progressOf(part);
  return ok({
    officer,
    board: {
      campaign,
      shown,
      progress,
      offices: byOffice(part, campaign.offices, filters.state),
      phases: byPhase(ofOffice, campaign.phases),
      hindrances: hindrancesOf(part.filter(({ state }) => filters.state === null || state === filters.state)),
      trend: everyDay(days, span.until, { day: today, ...progress }),
      version,
    },
  });
}

/** Days are kept by office alone: those of a phase are the days of its offices. Null: the whole agency. */
function officesOfTrend(
  { offices, phases }: BoardCampaign,
  scope: Scope,
  shown: PhaseShown,
  officeId: string | null,
): readonly string[] | null {
  if (officeId !== null) return [officeId];
  if (shown === "all" && scope.all) return null;
  const inPhases = new Set(shown === "none" ? phases.flatMap(({ officeIds }) => officeIds) : []);
  const wanted = shown === "all" || shown === "none" ? null : new Set(shown.officeIds);
  return offices.map(({ id }) => id).filter((id) => !inPhases.has(id) && (wanted?.has(id) ?? true));
}
