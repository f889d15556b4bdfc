import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Table } from "#components/ui/table.tsx";
import type { TokenPage } from "#lib/campaign/tokens/register/list-tokens.ts";
import { type TokenFilters, tokenFilterPairs } from "#lib/campaign/tokens/register/token-filters.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { TOKEN_IMPORTS, TOKENS_PATH, tokenListPath, tokenPath } from "./paths.ts";
import { TokenStateBadge } from "./token-state.tsx";

type TokenListProps = {
  page: TokenPage;
  filters: TokenFilters;
  /** It does not begin at the beginning. */
  later: boolean;
  language: Language;
  mayImport: boolean;
};

/** A page of the register, and the way to read on. */
export async function TokenList({ page, filters, later, language, mayImport }: TokenListProps) {
  const t = await getTranslations("hardwareTokens.list");
  const { words, holderId } = filters;
  const heading = words !== null ? t("searched", { words }) : t(holderId ? "ofHolder" : "heading");
  return (
    <section className="card found tokens" aria-labelledby="found">
      <div className="found-head">
        <h2 className="h3" id="found">
          {heading}
        </h2>
        {(words !== null || holderId !== null) && <a href={TOKENS_PATH}>{t("clearSearch")}</a>}
      </div>
      {page.tokens.length === 0 ? (
        <NoTokens narrowed={tokenFilterPairs(filters).length > 0} mayImport={mayImport} />
      ) : (
        <Table
          heads={(["serial", "holder", "office", "issued", "state"] as const).map((column) => t(column))}
          rows={page.tokens.map((token) => ({
            key: token.id,
            cells: [
              <a key="serial" className="num" href={tokenPath(token.id)}>
                {token.serial}
              </a>,
              token.holder,
              token.office,
              token.issuedOn ? formatDay(beginningOf(token.issuedOn), language) : t("unknownDay"),
              <span key="state" className="badges">
                <TokenStateBadge state={token.state} />
                {token.flagged && (
                  <Badge tone="bad" icon="flag">
                    {t("flagged")}
                  </Badge>
                )}
              </span>,
            ],
          }))}
        />
      )}
      {(later || page.next !== null) && (
        <nav className="actions" aria-label={t("pages")}>
          {later && (
            <LinkButton variant="second" href={tokenListPath(filters)}>
              {t("first")}
            </LinkButton>
          )}
          {page.next !== null && (
            <LinkButton variant="second" href={tokenListPath(filters, page.next)} rel="next">
              {t("next")}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}

/** Says why there is none, and what to try. */
async function NoTokens({ narrowed, mayImport }: { narrowed: boolean; mayImport: boolean }) {
  const [t, list] = await Promise.all([
    getTranslations("hardwareTokens.empty"),
    getTranslations("hardwareTokens.list"),
  ]);
  return (
    <div className="empty">
      <span className="chip plain">
        <Icon name="usb" />
      </span>
      <h3 className="h4">{t(narrowed ? "found" : "heading")}</h3>
      <p>{t(narrowed ? "foundText" : mayImport ? "text" : "waiting")}</p>
      {narrowed && (
        <LinkButton variant="second" href={TOKENS_PATH}>
          {t("all")}
        </LinkButton>
      )}
      {!narrowed && mayImport && <LinkButton href={TOKEN_IMPORTS}>{list("import")}</LinkButton>}
    </div>
  );
}
