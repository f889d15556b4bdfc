import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { savedCounts } from "#lib/helpdesk/search/count-accounts.ts";
import { parseFilters, unfiltered } from "#lib/helpdesk/search/filters.ts";
import { listAccounts, refuseFilter } from "#lib/helpdesk/search/list-accounts.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../console-frame.tsx";
import { orMissing } from "../or-missing.tsx";
import { searchAccounts } from "./actions.ts";
import { listPath } from "./list-path.ts";
import { AccountList } from "./search/account-list.tsx";
import { FilterForm } from "./search/filter-form.tsx";
import { SearchForm } from "./search/search-form.tsx";
import { StatusCounts } from "./search/status-counts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("helpdesk"))("title") };
}

/**
 * Everybody an officer may see, found by one field and narrowed by the address. The session with its rights, the list and
 * the kept counts are a query each; a search by words may take one more.
 */
async function AccountsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const asked = await searchParams;
  const read = parseFilters((name) => asked[name]);
  const filters = read.ok ? read.value : unfiltered;
  const at = typeof asked.at === "string" ? asked.at : null;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(listPath(filters, at), "account.view"),
    getLocale(),
    getTranslations("helpdesk"),
  ]);
  if (!read.ok || Array.isArray(asked.at)) {
    await refuseFilter(ctx, "account.view");
    notFound();
  }
  const [listed, { offices, at: countedAt }] = await Promise.all([
    listAccounts(ctx, officer, { filters, at }),
    savedCounts(ctx, officer),
  ]);
  if (!listed.ok) notFound();
  const { form, helpdesk } = messages[language];
  const seen = { filters, language, now: ctx.now() } as const;
  return (
    <ConsoleFrame here="accounts" heading={t("heading")} lead={t("lead")}>
      <SearchForm
        key={filters.words}
        action={searchAccounts}
        words={helpdesk.search}
        summary={{ one: form.errorOne, many: form.errorMany }}
        typed={filters.words ?? ""}
      />
      {filters.words === null && <StatusCounts offices={offices} countedAt={countedAt} {...seen} />}
      <FilterForm filters={filters} offices={offices} />
      <AccountList page={listed.value} mayExport={holds(officer, "account.export")} {...seen} />
    </ConsoleFrame>
  );
}

export default orMissing(AccountsPage);
