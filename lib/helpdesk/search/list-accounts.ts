import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Officer, type Right, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { type Place, sealPlace, unsealPlace } from "./cursor.ts";
import type { Filters } from "./filters.ts";
import { readRows } from "./read-rows.ts";
import { type ListedAccount, listed, type Row } from "./row.ts";

/** As many as somebody looks through before narrowing further. */
export const ACCOUNTS_PAGE = 25;

/** `before`, `after`: where to read on from either end, as `at` of the next call; null where the list ends. */
export type AccountPage = { accounts: ListedAccount[]; before: string | null; after: string | null };

/**
 * A page of the accounts in an officer's offices, narrowed and ordered, in one or two queries that a million accounts do not
 * slow down. `at`: a place that an earlier page gave. `not_found`: the place is another list's, or the filter names an
 * office that is not theirs; that is recorded.
 */
export async function listAccounts(
  ctx: Context,
  officer: Officer,
  { filters, at = null }: { filters: Filters; at?: string | null },
): Promise<Result<AccountPage, "not_found">> {
  const from = at === null ? null : unsealPlace(ctx, officer, filters, at);
  if ((at !== null && from === null) || !mayFilter(officer, "account.view", filters)) {
    await refuseFilter(ctx, "account.view");
    return refuse("not_found");
  }
  const read = await readRows(ctx, { officer, right: "account.view", filters, from, count: ACCOUNTS_PAGE + 1 });
  const more = read.length > ACCOUNTS_PAGE;
  const rows = read.slice(0, ACCOUNTS_PAGE);
  const back = from?.direction === "before";
  if (back) rows.reverse();
  const edge = (row: Row | undefined, direction: Place["direction"], open: boolean): string | null =>
    row && open ? sealPlace(ctx, officer, filters, { rank: row.rank, key: row.key, id: row.id, direction }) : null;
  return ok({
    accounts: rows.map((row) => listed(ctx, row)),
    before: edge(rows[0], "before", back ? more : from !== null),
    after: edge(rows.at(-1), "after", back || more),
  });
}

/** Whether an officer's right reaches the office a list is narrowed to. */
export const mayFilter = (officer: Officer, right: Right, { officeId }: Filters): boolean =>
  officeId === null || reachesOffice(scopeOf(officer, right), officeId);

/** Filters and places that are none of theirs: they do not exist for them, and somebody tried. */
export const refuseFilter = (ctx: Context, right: Right): Promise<void> =>
  ctx.db.transaction((tx) => record(tx, ctx, { type: "access.refused", accountId: null, right }));
