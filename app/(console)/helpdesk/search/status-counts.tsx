import { type OfficeCounts, sumCounts } from "#lib/helpdesk/search/count-accounts.ts";
import { type Filters, statuses } from "#lib/helpdesk/search/filters.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { narrowed } from "../list-path.ts";

type Props = {
  offices: readonly OfficeCounts[];
  countedAt: Date | null;
  filters: Filters;
  language: Language;
  now: Date;
};

/** The states of accounts as ways to narrow the list, each with how many it had when they were last counted. */
export async function StatusCounts({ offices, countedAt, filters, language, now }: Props) {
  const t = await getTranslations("helpdesk.counts");
  const counts = sumCounts(offices, filters.officeId);
  const figures = new Intl.NumberFormat(language);
  const all = statuses.reduce((sum, status) => sum + counts[status], 0);
  const shown = statuses.filter((status) => counts[status] > 0 || filters.status === status);
  return (
    <nav className="states" aria-label={t("heading")}>
      <ul className="filter">
        {[null, ...shown].map((status) => (
          <li key={status ?? "all"}>
            <a href={narrowed(filters, { status })} aria-current={status === filters.status ? "page" : undefined}>
              {status === null ? t("all") : t(`statuses.${status}`)}
              {countedAt && <span className="figure">{figures.format(status === null ? all : counts[status])}</span>}
            </a>
          </li>
        ))}
      </ul>
      <p className="muted">{countedAt ? t("age", { at: formatNear(countedAt, now, language) }) : t("none")}</p>
    </nav>
  );
}
