import { record } from "#lib/audit/record.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holds, type Officer } from "#lib/office/roles/rights.ts";
import { officerOf, requireRight } from "#lib/office/roles/rights-now.ts";
import { timestampOfFile } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { conditionsOf, Values } from "./conditions.ts";
import type { Place } from "./cursor.ts";
import { type Filters, filterNames } from "./filters.ts";
import { mayFilter } from "./list-accounts.ts";
import { readRows } from "./read-rows.ts";
import { type ListedAccount, listed } from "./row.ts";

const RIGHT = "account.export";
/** Rows read at once: the whole agency's list passes through without lying in memory. */
const CHUNK = 1_000;

/**
 * A filtered list as CSV, piece by piece, and how many rows it has at this moment. Who took what is on record before the
 * first piece leaves. It breaks off where the officer's right ends meanwhile. `not_found`: they may not, or the filter names
 * an office that is not theirs; recorded.
 */
export async function exportAccounts(
  ctx: Context,
  filters: Filters,
  chunk = CHUNK,
): Promise<Result<{ rows: number; pieces: AsyncGenerator<string, void> }, "signed_out" | "not_found">> {
  return ctx.db.transaction(async (tx) => {
    const officer = await requireRight(tx, ctx, RIGHT);
    if (!officer.ok) return officer;
    if (!mayFilter(officer.value, RIGHT, filters)) {
      await record(tx, ctx, { type: "access.refused", accountId: null, right: RIGHT });
      return refuse("not_found");
    }
    const rows = await countRows(ctx, officer.value, filters);
    await record(tx, ctx, {
      type: "accounts.exported",
      accountId: null,
      rows,
      filters: filterNames(filters).join(","),
    });
    return ok({ rows, pieces: piecesOf(ctx, officer.value, filters, chunk) });
  });
}

async function countRows(ctx: Context, officer: Officer, filters: Filters): Promise<number> {
  const values = new Values();
  const { byName, others } = conditionsOf(ctx, { officer, right: RIGHT, filters }, values);
  const text = `select count(*)::int as rows from account a where ${["true", ...byName, ...others].join(" and ")}`;
  const { rows } = await ctx.db.$client.query<{ rows: number }>(text, values.list);
  return rows[0]?.rows ?? 0;
}

async function* piecesOf(ctx: Context, begun: Officer, filters: Filters, chunk: number): AsyncGenerator<string, void> {
  const { language } = ctx.request;
  yield CSV_BEGIN + headLine(language);
  let officer: Officer | null = begun;
  let from: Place | null = null;
  for (;;) {
    const rows = await readRows(ctx, { officer, right: RIGHT, filters, from, count: chunk });
    yield rows.map((row) => lineOf(listed(ctx, row), language)).join("");
    const last = rows.at(-1);
    if (!last || rows.length < chunk) return;
    from = { rank: last.rank, key: last.key, id: last.id, direction: "after" };
    officer = await officerOf(ctx.db, ctx);
    if (!officer || !holds(officer, RIGHT)) throw new Error("The right to the list ended while it was taken");
  }
}

function headLine(language: Language): string {
  const { csv } = messages[language].helpdesk;
  const { name, identity, email, officeCode, office, status, factors, confirmed, bounced, created, lastSignIn } = csv;
  return csvLine([name, identity, email, officeCode, office, status, factors, confirmed, bounced, created, lastSignIn]);
}

function lineOf(account: ListedAccount, language: Language): string {
  const { csv, counts, list } = messages[language].helpdesk;
  const factors = [account.hasApp ? list.app : "", account.hasPasskey ? list.passkey : ""].filter(Boolean);
  const yes = (is: boolean) => (is ? csv.yes : csv.no);
  return csvLine([
    account.fullName,
    account.identity,
    account.officialEmail,
    account.officeCode,
    account.officeName,
    counts.statuses[account.status],
    factors.join(" + ") || list.noFactor,
    yes(account.confirmed),
    yes(account.bounced !== null),
    timestampOfFile(account.createdAt),
    account.lastSignInAt ? timestampOfFile(account.lastSignInAt) : "",
  ]);
}
