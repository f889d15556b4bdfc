import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { listTokens } from "#lib/campaign/tokens/register/list-tokens.ts";
import { parseTokenFilters, unfilteredTokens } from "#lib/campaign/tokens/register/token-filters.ts";
import { countUnreturned } from "#lib/campaign/tokens/register/unreturned.ts";
import { savedCounts } from "#lib/helpdesk/search/count-accounts.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../console-frame.tsx";
import { SearchForm } from "../../helpdesk/search/search-form.tsx";
import { orMissing } from "../../or-missing.tsx";
import { CampaignsNav } from "../campaigns/campaign-nav.tsx";
import { searchTokens } from "./actions.ts";
import { TokenFilterForm } from "./filter-form.tsx";
import { TOKEN_IMPORTS, tokenListPath } from "./paths.ts";
import { TokenList } from "./token-list.tsx";
import { WaitingTokens } from "./waiting-tokens.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens"))("title") };
}

/** The tokens of an officer's offices, found by one field and narrowed by the address. */
async function TokensPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const asked = await searchParams;
  const read = parseTokenFilters((name) => asked[name]);
  const filters = read.ok ? read.value : unfilteredTokens;
  const after = typeof asked.after === "string" && asked.after !== "" ? asked.after : null;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(tokenListPath(filters, after), "token.view"),
    getLocale(),
    getTranslations("hardwareTokens"),
  ]);
  if (!read.ok || Array.isArray(asked.after)) notFound();
  const [page, counted, { offices }] = await Promise.all([
    listTokens(ctx, officer, { filters, after }),
    countUnreturned(ctx, officer),
    savedCounts(ctx, officer),
  ]);
  const { form, hardwareTokens } = messages[language];
  const mayImport = holds(officer, "register.import");
  return (
    <ConsoleFrame
      here="campaigns"
      heading={t("heading")}
      lead={t("lead")}
      beside={
        mayImport && (
          <LinkButton variant="second" icon="plus" href={TOKEN_IMPORTS}>
            {t("list.import")}
          </LinkButton>
        )
      }
    >
      <CampaignsNav here="tokens" />
      <SearchForm
        key={filters.words}
        action={searchTokens}
        words={hardwareTokens.search}
        summary={{ one: form.errorOne, many: form.errorMany }}
        typed={filters.words ?? ""}
      />
      {Object.values(filters).every((value) => value === null) && (
        <WaitingTokens counted={counted} language={language} />
      )}
      <TokenFilterForm filters={filters} offices={offices} />
      <TokenList page={page} filters={filters} later={after !== null} language={language} mayImport={mayImport} />
    </ConsoleFrame>
  );
}

export default orMissing(TokensPage);
