import type { Phase } from "#lib/campaign/definition/find-campaign.ts";
import type { PhaseFault } from "#lib/campaign/definition/phases/phase-rules.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import type { PhaseField } from "./fields.ts";

type Named = { id: string; code: string; name: string };

/** What is wrong with a phase, by field, with the other phase or the offices by name. */
export function wordsOfFaults(
  language: Language,
  faults: readonly PhaseFault[],
  { phases, offices }: { phases: readonly Phase[]; offices: readonly Named[] },
): Partial<Record<PhaseField, string>> {
  const { refusals, phase: names } = messages[language].campaigns;
  const day = (value: string): string => formatDay(beginningOf(value), language);
  const errors: Partial<Record<PhaseField, string>> = {};
  for (const fault of faults) {
    const phase = "phaseId" in fault ? phases.find(({ id }) => id === fault.phaseId) : undefined;
    const office = "officeId" in fault ? offices.find(({ id }) => id === fault.officeId) : undefined;
    const said = refusals[fault.refusal]
      .replace("{field}", names[fault.field])
      .replace("{number}", String(phase?.number ?? ""))
      .replace("{from}", phase ? day(phase.fromDay) : "")
      .replace("{until}", phase ? day(phase.untilDay) : "")
      .replace("{office}", () => (office ? `${office.code} ${office.name}` : ""));
    const before = errors[fault.field];
    errors[fault.field] = before === undefined ? said : `${before} ${said}`;
  }
  return errors;
}
