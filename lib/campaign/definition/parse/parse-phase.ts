import { field } from "#lib/kernel/plain-text.ts";
import { ticked } from "./parse-whom.ts";

/** A phase as it was typed: `phaseFaults` says what is wrong with it, beside its campaign's others. */
export function parsePhase(form: FormData): { fromDay: string; untilDay: string; officeIds: string[] } {
  const day = (name: string): string => {
    const typed = field(form, name, { max: 20 });
    return typed.ok ? typed.value : "";
  };
  return { fromDay: day("fromDay"), untilDay: day("untilDay"), officeIds: ticked(form, "offices") };
}
