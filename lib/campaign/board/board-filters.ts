import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

export const boardStates = ["done", "under_way", "not_begun"] as const;
export type BoardState = (typeof boardStates)[number];

/** A phase's number, all of them, or those whose office is in none. */
export type PhaseChoice = number | "all" | "none";

/** What a board is narrowed to. `phase` null: the one that is under way, or comes next, or was last. */
export type BoardFilters = { phase: PhaseChoice | null; officeId: string | null; state: BoardState | null };

/** As many offices as a page of a board shows. */
export const OFFICES_PAGE = 30;

/** The page of offices an address asks for, from 1; anything else is the first. */
export const parsePage = (value: unknown): number =>
  typeof value === "string" && /^[1-9][0-9]{0,3}$/.test(value) ? Number(value) : 1;

const PHASES_MAX = 999;

/** Reads an answer that was given once; null where it was not, or is blank. */
export function once(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === "string" ? value.trim() || null : undefined;
}

/** Undefined where it is none. */
export function parsePhase(value: string | null): PhaseChoice | null | undefined {
  if (value === null || value === "all" || value === "none") return value;
  const number = /^[1-9][0-9]{0,2}$/.test(value) ? Number(value) : Number.NaN;
  return number <= PHASES_MAX ? number : undefined;
}

/** Null stays null; undefined where it is none of them. */
export const oneOf = <T extends string>(offered: readonly T[], value: string | null): T | null | undefined =>
  value === null ? null : offered.find((each) => each === value);

/** Reads filters as an address carries them; names that are not offered are ignored. */
export function parseBoardFilters(given: (name: string) => unknown): Result<BoardFilters, "malformed"> {
  const [phaseGiven, officeId, stateGiven] = [once(given("phase")), once(given("office")), once(given("state"))];
  if (phaseGiven === undefined || officeId === undefined || stateGiven === undefined) return refuse("malformed");
  const phase = parsePhase(phaseGiven);
  const state = oneOf(boardStates, stateGiven);
  if (phase === undefined || state === undefined || (officeId !== null && !isUuid(officeId)))
    return refuse("malformed");
  return ok({ phase, officeId, state });
}

/** As pairs for an address or hidden fields; what is not narrowed is left out. */
export const boardPairs = ({ phase, officeId, state }: BoardFilters): [name: string, value: string][] =>
  (
    [
      ["phase", phase === null ? null : String(phase)],
      ["office", officeId],
      ["state", state],
    ] as const
  ).flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
