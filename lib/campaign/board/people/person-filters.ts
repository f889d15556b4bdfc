import { namesIdentity, SEARCH_MAX } from "#lib/helpdesk/search/understand-search.ts";
import { unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { boardStates, once, oneOf, type PhaseChoice, parsePhase } from "../board-filters.ts";
import { type Hindrance, hindranceKeys } from "../hindrances.ts";

/** `left`: whom the campaign is for no longer; they count nowhere else. */
export const personStates = [...boardStates, "left"] as const;
export type PersonState = (typeof personStates)[number];

/** What a list of a campaign's people is narrowed to; null: not narrowed by it. */
export type PersonFilters = {
  words: string | null;
  phase: PhaseChoice | null;
  officeId: string | null;
  state: PersonState | null;
  hindrance: Hindrance | null;
};

export const everyPerson: PersonFilters = { words: null, phase: null, officeId: null, state: null, hindrance: null };

/** Their names in an address and in forms. */
const names = {
  words: "q",
  phase: "phase",
  officeId: "office",
  state: "state",
  hindrance: "held",
} as const satisfies Record<keyof PersonFilters, string>;

/** Reads filters as an address carries them; blank is absent. An identity number is none: it stands in no address. */
export function parsePersonFilters(given: (name: string) => unknown): Result<PersonFilters, "malformed"> {
  const [words, phaseGiven, officeId, stateGiven, heldGiven] = Object.values(names).map((name) => once(given(name)));
  if (words === undefined || phaseGiven === undefined || officeId === undefined) return refuse("malformed");
  if (stateGiven === undefined || heldGiven === undefined) return refuse("malformed");
  const phase = parsePhase(phaseGiven);
  const state = oneOf(personStates, stateGiven);
  const hindrance = oneOf(hindranceKeys, heldGiven);
  if (phase === undefined || state === undefined || hindrance === undefined) return refuse("malformed");
  if (officeId !== null && !isUuid(officeId)) return refuse("malformed");
  if (words !== null && (words.length > SEARCH_MAX || unfitText(words) !== null || namesIdentity(words)))
    return refuse("malformed");
  return ok({ words, phase, officeId, state, hindrance });
}

/** As pairs for an address or hidden fields; what is not narrowed is left out. */
export const personPairs = (filters: PersonFilters): [name: string, value: string][] =>
  (Object.keys(names) as (keyof PersonFilters)[]).flatMap((key): [string, string][] => {
    const value = filters[key];
    return value === null || (key === "phase" && value === "all") ? [] : [[names[key], String(value)]];
  });

/** Which filters are set, without what was typed: for the audit trail. */
export const personFilterNames = (filters: PersonFilters): string[] => personPairs(filters).map(([name]) => name);
