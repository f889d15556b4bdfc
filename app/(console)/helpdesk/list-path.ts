import { type Filters, filterPairs, unfiltered } from "#lib/helpdesk/search/filters.ts";
import { ACCOUNTS_PATH } from "./accounts/[account]/paths.ts";

/** The list narrowed like this, from the beginning or from a place on that the list gave. */
export function listPath(filters: Filters, at: string | null = null): string {
  const query = new URLSearchParams([...filterPairs(filters), ...(at === null ? [] : [["at", at]])]).toString();
  return query === "" ? ACCOUNTS_PATH : `${ACCOUNTS_PATH}?${query}`;
}

/** What it shows as a file. */
export const exportPath = (filters: Filters): string => listPath(filters).replace(ACCOUNTS_PATH, "/helpdesk/export");

/** Everything but one's words; or with other ones. */
export const narrowed = (filters: Filters, by: Partial<Filters>): string => listPath({ ...filters, ...by });
export const ALL_ACCOUNTS = listPath(unfiltered);
