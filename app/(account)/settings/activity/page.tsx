import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { listActivity, type Show, shows } from "#lib/account/activity/list-activity.ts";
import { listReports } from "#lib/account/activity/list-reports.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { ACTIVITY_PATH, activityPath, eventIdIn } from "./paths.ts";
import { ReportsCard } from "./reports-card.tsx";
import { Timeline } from "./timeline.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("activity") };
}

/** Everything that happened to the account: one query a page, and one on the first for what was reported. */
export default async function ActivityPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, asked] = await Promise.all([
    requireSession(ACTIVITY_PATH),
    getLocale(),
    getTranslations("activity"),
    searchParams,
  ]);
  const show = shows.find((each) => each === asked.show) ?? "all";
  const before = eventIdIn(asked.before);
  const [{ lines, more }, reports] = await Promise.all([
    listActivity(ctx, { show, before }),
    before === null ? listReports(ctx) : [],
  ]);
  const last = lines.at(-1);
  return (
    <SettingsFrame here="activity">
      <PageHead heading={t("heading")} lead={t("lead")} />
      <Filter chosen={show} />
      <div className="cards">
        <ReportsCard reports={reports} />
        {last ? <Timeline lines={lines} now={ctx.now()} language={language} /> : <Nothing show={show} />}
      </div>
      {(before !== null || more) && (
        <nav className="actions" aria-label={t("pages")}>
          {more && last && (
            <LinkButton variant="second" href={activityPath(show, last.id)}>
              {t("older")}
            </LinkButton>
          )}
          {before !== null && (
            <LinkButton variant="quiet" href={activityPath(show)}>
              {t("newest")}
            </LinkButton>
          )}
        </nav>
      )}
    </SettingsFrame>
  );
}

async function Filter({ chosen }: { chosen: Show }) {
  const t = await getTranslations("activity");
  return (
    <nav aria-label={t("filter")}>
      <ul className="filter">
        {shows.map((show) => (
          <li key={show}>
            <a href={activityPath(show)} aria-current={show === chosen ? "page" : undefined}>
              {t(`shows.${show}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

async function Nothing({ show }: { show: Show }) {
  const t = await getTranslations("activity");
  return (
    <div className="empty">
      <span className="chip plain">
        <Icon name="history" />
      </span>
      <h2 className="h3">{t("empty")}</h2>
      <p>{t("emptyText")}</p>
      {show !== "all" && (
        <LinkButton variant="second" href={ACTIVITY_PATH}>
          {t("seeAll")}
        </LinkButton>
      )}
    </div>
  );
}
