import { type HardwareTokenState, hardwareTokenStates } from "#db/schema/hardware-token.ts";
import { unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/** `leaver`: not back, though its holder has left. `hand_back`: out of use, and not back. */
export const tokenShows = [...hardwareTokenStates, "leaver", "hand_back"] as const;
export type TokenShow = HardwareTokenState | "leaver" | "hand_back";

/** Code points of what may be typed to search. */
export const TOKEN_SEARCH_MAX = 100;

/** What the register of tokens is narrowed to; null: not narrowed by it. `words`: of a serial, or of a holder's name. */
export type TokenFilters = {
  words: string | null;
  show: TokenShow | null;
  officeId: string | null;
  holderId: string | null;
};

const names = { words: "q", show: "state", officeId: "office", holderId: "holder" } as const satisfies Record<
  keyof TokenFilters,
  string
>;

/** Reads filters as an address carries them; blank is absent. */
export function parseTokenFilters(given: (name: string) => unknown): Result<TokenFilters, "malformed"> {
  const read = Object.values(names).map((name) => given(name));
  if (read.some((value) => value !== undefined && value !== null && typeof value !== "string"))
    return refuse("malformed");
  const of = (key: keyof TokenFilters): string | null =>
    (given(names[key]) as string | null | undefined)?.trim() || null;
  const [words, shown, officeId, holderId] = [of("words"), of("show"), of("officeId"), of("holderId")];
  const show = shown === null ? null : tokenShows.find((each) => each === shown);
  if (show === undefined) return refuse("malformed");
  if ([officeId, holderId].some((id) => id !== null && !isUuid(id))) return refuse("malformed");
  if (words !== null && (words.length > TOKEN_SEARCH_MAX || unfitText(words) !== null)) return refuse("malformed");
  return ok({ words, show, officeId, holderId });
}

/** As pairs for an address or hidden fields; what is not narrowed is left out. */
export const tokenFilterPairs = (filters: TokenFilters): [name: string, value: string][] =>
  (Object.keys(names) as (keyof TokenFilters)[]).flatMap((key): [string, string][] => {
    const value = filters[key];
    return value === null ? [] : [[names[key], value]];
  });

export const unfilteredTokens: TokenFilters = { words: null, show: null, officeId: null, holderId: null };
