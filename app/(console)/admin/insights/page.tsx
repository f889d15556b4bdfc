import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { ConsoleFrame } from "#app/(console)/console-frame.tsx";
import { PrintButton } from "#app/(public)/guide/print-button.tsx";
import { ChartPatterns } from "#components/chart/patterns.tsx";
import { viewInsights } from "#lib/administration/insights/view-insights.ts";
import { type Span, spans } from "#lib/administration/insights/weeks.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../or-missing.tsx";
import { AllCharts } from "./all-charts.tsx";
import { figuresIn } from "./figures.ts";
import { FilterForm } from "./filter-form.tsx";

const PATH = "/admin/insights";
const USUAL: Span = 12;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("insights"))("title") };
}

/** Figures of the officer's offices, from counts that are kept: nothing is counted while somebody waits. */
async function InsightsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, asked] = await Promise.all([
    requireOfficer(PATH, "insights.view"),
    getLocale(),
    getTranslations("insights"),
    searchParams,
  ]);
  const span = spans.find((each) => String(each) === asked.weeks) ?? USUAL;
  const officeId = typeof asked.office === "string" && asked.office !== "" ? asked.office : null;
  const found = await viewInsights(ctx, { span, officeId });
  if (!found.ok) notFound();
  const insights = found.value;
  return (
    <ConsoleFrame here="insights" heading={t("heading")} lead={t("lead")} beside={<PrintButton label={t("print")} />}>
      <ChartPatterns />
      <FilterForm span={span} officeId={officeId} offices={insights.offices} />
      <p className="as-of">
        {insights.asOf ? t("asOf", { when: formatDate(insights.asOf, language) }) : t("notCounted")}
      </p>
      <AllCharts
        insights={insights}
        offices={officeId === null ? insights.offices : []}
        figures={figuresIn(language)}
        longest={officeId === null ? `${PATH}?weeks=52` : `${PATH}?weeks=52&office=${officeId}`}
      />
    </ConsoleFrame>
  );
}

export default orMissing(InsightsPage);
