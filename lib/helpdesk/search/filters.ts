import { type AccountStatus, accountStatuses } from "#db/schema/account.ts";
import { unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { namesIdentity, SEARCH_MAX } from "./understand-search.ts";

/** The states of accounts, in the order of an account's life. */
export const statuses = accountStatuses;
/** Second factors somebody has: none though activated, an authenticator app, a passkey. */
export const factorFilters = ["none", "app", "passkey"] as const;
/**
 * What the helpdesk looks for. `bounced`: letters came back from the official mailbox. `locked`: by the owner. `paused`:
 * sign-in with a password waits now. `idle`: activated and not signed in for 90 days. `unlisted`: the staff register does
 * not name them (any more). `unconfirmed`: the office has not confirmed that they are on its staff.
 */
export const troubles = ["bounced", "locked", "paused", "idle", "unlisted", "unconfirmed"] as const;
export const sorts = ["name", "newest", "oldest", "idlest", "latest"] as const;

export type Factor = (typeof factorFilters)[number];
export type Trouble = (typeof troubles)[number];
/** name; created, last first or first first; last sign-in, longest ago (or never) first or latest first. */
export type Sort = (typeof sorts)[number];

/** What a list of accounts is narrowed to; null: not narrowed by it. */
export type Filters = {
  words: string | null;
  status: AccountStatus | null;
  officeId: string | null;
  factor: Factor | null;
  trouble: Trouble | null;
  sort: Sort;
};

export const unfiltered: Filters = {
  words: null,
  status: null,
  officeId: null,
  factor: null,
  trouble: null,
  sort: "name",
};

/** Their names in an address and in forms. */
const names = {
  words: "q",
  status: "status",
  officeId: "office",
  factor: "factor",
  trouble: "trouble",
  sort: "sort",
} as const satisfies Record<keyof Filters, string>;

/** Reads filters as an address or a form carries them; blank is absent, and names that are not offered are ignored. */
export function parseFilters(given: (name: string) => unknown): Result<Filters, "malformed"> {
  const read = Object.entries(names).map(([key, name]) => [key, given(name)] as const);
  if (read.some(([, value]) => value !== undefined && value !== null && typeof value !== "string"))
    return refuse("malformed");
  const of = (key: keyof Filters): string | null =>
    (read.find(([each]) => each === key)?.[1] as string | null | undefined)?.trim() || null;
  const [words, status, officeId, factor, trouble] = [
    of("words"),
    oneOf(accountStatuses, of("status")),
    of("officeId"),
    oneOf(factorFilters, of("factor")),
    oneOf(troubles, of("trouble")),
  ];
  const sort = oneOf(sorts, of("sort") ?? "name");
  if (status === undefined || factor === undefined || trouble === undefined || !sort) return refuse("malformed");
  if (officeId !== null && !isUuid(officeId)) return refuse("malformed");
  if (words !== null && (words.length > SEARCH_MAX || unfitText(words) !== null || namesIdentity(words)))
    return refuse("malformed");
  return ok({ words, status, officeId, factor, trouble, sort });
}

/** Null stays null; undefined where it is none of them. */
function oneOf<T extends string>(offered: readonly T[], value: string | null): T | null | undefined {
  return value === null ? null : offered.find((each) => each === value);
}

/** As pairs for an address or hidden fields; what is not narrowed is left out. */
export function filterPairs(filters: Filters): [name: string, value: string][] {
  return Object.entries(names).flatMap(([key, name]): [string, string][] => {
    const value = filters[key as keyof Filters];
    return value === null || value === unfiltered[key as keyof Filters] ? [] : [[name, value]];
  });
}

/** Which filters are set, without what was typed: for the audit trail. */
export const filterNames = (filters: Filters): string[] => filterPairs(filters).map(([name]) => name);
