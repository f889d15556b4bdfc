import type { PhaseChoice } from "./board-filters.ts";
import type { BoardPhase } from "./find-board.ts";

/** The phase a board shows: one, all together, or those whose office is in none. */
export type PhaseShown = BoardPhase | "all" | "none";

/**
 * The phase that was chosen; without a choice the one under way on `day`, else the next to come, else the last. Null: there
 * is no phase with that number.
 */
export function phaseShown(phases: readonly BoardPhase[], choice: PhaseChoice | null, day: string): PhaseShown | null {
  if (choice === "all" || choice === "none") return choice;
  if (choice !== null) return phases.find(({ number }) => number === choice) ?? null;
  return phases.find(({ untilDay }) => day <= untilDay) ?? phases.at(-1) ?? "all";
}

/** The id by which people of a phase are found; undefined: all of them, null: those in none. */
export const phaseIdOf = (shown: PhaseShown): string | null | undefined =>
  shown === "all" ? undefined : shown === "none" ? null : shown.id;
