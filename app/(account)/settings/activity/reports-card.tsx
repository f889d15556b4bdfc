import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import type { Report } from "#lib/account/activity/list-reports.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** What its owner has reported, and what the helpdesk found. Nothing where nothing was. */
export async function ReportsCard({ reports }: { reports: readonly Report[] }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("activity.reports")]);
  if (reports.length === 0) return null;
  return (
    <section className="card" aria-labelledby="reports">
      <h2 className="h4" id="reports">
        {t("heading")}
      </h2>
      <ul className="past">
        {reports.map(({ reference, openedAt, endedAt, answer }) => (
          <li key={reference}>
            <span className="wanted num">{reference}</span>
            <span className="muted">{formatDay(endedAt ?? openedAt, language)}</span>
            <Badge tone={endedAt ? "ok" : undefined}>{t(endedAt ? "closed" : "open")}</Badge>
            {answer && <span className="answer">{t("answer", { answer })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
