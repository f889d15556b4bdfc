import { isDay } from "#lib/kernel/calendar-day.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Changeable } from "../campaign-state.ts";

/** A phase as the rules see it. `id`: null of one that is new. Days as `2026-11-21`, first and last. */
export type PhasePlan = { id: string | null; fromDay: string; untilDay: string; officeIds: readonly string[] };

/** What is wrong with a phase, and with which other one or which office, so that the page can name it. */
export type PhaseFault =
  | { field: "fromDay" | "untilDay"; refusal: "day_unknown" | "day_far" }
  | { field: "fromDay"; refusal: "phase_begun" | "phase_past" }
  | { field: "untilDay"; refusal: "last_before_first" | "phase_past" | "phase_long" }
  | { field: "fromDay"; refusal: "phases_overlap"; phaseId: string }
  | { field: "offices"; refusal: "no_offices" }
  | { field: "offices"; refusal: "office_retired" | "office_unknown" | "office_begun"; officeId: string }
  | { field: "offices"; refusal: "office_twice"; officeId: string; phaseId: string };

/** Longer is no phase any more, but a typing error in the year. Days. */
const PHASE_MOST_DAYS = 366;
/** As far ahead as an agency plans: the end of the next year but two. */
const FURTHEST_YEARS = 3;

type Facts = {
  /** Today in the agency's zone. */
  today: string;
  may: Changeable;
  /** Of each office there is, whether it is retired. */
  offices: ReadonlyMap<string, { isRetired: boolean }>;
};

/**
 * All that is wrong with a phase in place of the one it was (null: it is new) among its campaign's others. Once people were
 * told, a phase that has begun keeps its first day and its offices, and one that is over is as it was.
 */
export function phaseFaults(
  plan: PhasePlan,
  was: PhasePlan | null,
  others: readonly (PhasePlan & { id: string })[],
  { today, may, offices }: Facts,
): PhaseFault[] {
  const faults: PhaseFault[] = dayFaults(plan, was, { today, may });
  if (faults.length === 0) {
    const other = others.find(({ fromDay, untilDay }) => plan.fromDay <= untilDay && fromDay <= plan.untilDay);
    if (other) faults.push({ field: "fromDay", refusal: "phases_overlap", phaseId: other.id });
  }
  return [...faults, ...officeFaults(plan, was, others, { today, may, offices })];
}

function dayFaults(plan: PhasePlan, was: PhasePlan | null, { today, may }: Omit<Facts, "offices">): PhaseFault[] {
  const faults: PhaseFault[] = [];
  const furthest = `${Number(today.slice(0, 4)) + FURTHEST_YEARS}-12-31`;
  for (const field of ["fromDay", "untilDay"] as const) {
    if (!isDay(plan[field])) faults.push({ field, refusal: "day_unknown" });
    else if (plan[field] > furthest) faults.push({ field, refusal: "day_far" });
  }
  if (faults.length > 0) return faults;
  if (may === "told" && was && hasBegun(was, today)) {
    if (plan.fromDay !== was.fromDay) faults.push({ field: "fromDay", refusal: "phase_begun" });
  } else if (plan.fromDay < today && plan.fromDay !== was?.fromDay) {
    faults.push({ field: "fromDay", refusal: "phase_past" });
  } else if (may === "told" && plan.fromDay < today) {
    faults.push({ field: "fromDay", refusal: "phase_past" });
  }
  if (plan.untilDay < plan.fromDay) faults.push({ field: "untilDay", refusal: "last_before_first" });
  else if (plan.untilDay < today) faults.push({ field: "untilDay", refusal: "phase_past" });
  else if (daysOf(plan) > PHASE_MOST_DAYS) faults.push({ field: "untilDay", refusal: "phase_long" });
  return faults;
}

function officeFaults(
  plan: PhasePlan,
  was: PhasePlan | null,
  others: readonly (PhasePlan & { id: string })[],
  { today, may, offices }: Facts,
): PhaseFault[] {
  const faults: PhaseFault[] = [];
  if (plan.officeIds.length === 0) faults.push({ field: "offices", refusal: "no_offices" });
  const before = new Set(was?.officeIds);
  const seen = new Set<string>();
  for (const officeId of plan.officeIds) {
    const office = offices.get(officeId);
    const elsewhere = others.find(({ officeIds }) => officeIds.includes(officeId));
    if (!office) faults.push({ field: "offices", refusal: "office_unknown", officeId });
    else if (elsewhere || seen.has(officeId))
      faults.push({ field: "offices", refusal: "office_twice", officeId, phaseId: elsewhere?.id ?? plan.id ?? "" });
    else if (office.isRetired && !(before.has(officeId) && may === "told"))
      faults.push({ field: "offices", refusal: "office_retired", officeId });
    seen.add(officeId);
  }
  if (may === "told" && was && hasBegun(was, today))
    for (const officeId of before)
      if (!seen.has(officeId)) faults.push({ field: "offices", refusal: "office_begun", officeId });
  return faults;
}

export const hasBegun = ({ fromDay }: Pick<PhasePlan, "fromDay">, today: string): boolean => fromDay <= today;
export const isOver = ({ untilDay }: Pick<PhasePlan, "untilDay">, today: string): boolean => untilDay < today;

/** How many days a phase has, the first and the last counted. */
const daysOf = ({ fromDay, untilDay }: Pick<PhasePlan, "fromDay" | "untilDay">): number =>
  (Date.parse(`${untilDay}T00:00:00Z`) - Date.parse(`${fromDay}T00:00:00Z`)) / 86_400_000 + 1;

/** Whether a phase may be changed or taken out at all. phase_over, phase_begun: people were held to it. */
export function mayTouch(
  phase: Pick<PhasePlan, "fromDay" | "untilDay">,
  may: Changeable,
  today: string,
  what: "change" | "remove",
): Result<null, "campaign_over" | "phase_over" | "phase_begun"> {
  if (may === "over") return refuse("campaign_over");
  if (may === "written") return ok(null);
  if (isOver(phase, today)) return refuse("phase_over");
  return what === "remove" && hasBegun(phase, today) ? refuse("phase_begun") : ok(null);
}
