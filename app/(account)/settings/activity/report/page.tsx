import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { orElse } from "#app/or-else.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { findActivity } from "#lib/account/activity/list-activity.ts";
import { REPORT_MAX } from "#lib/recovery/lock/report-event.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { SettingsFrame } from "../../settings-frame.tsx";
import { ACTIVITY_PATH, eventIdIn, reportPath } from "../paths.ts";
import { wordsOfEvents } from "../words-of-event.ts";
import { ReportForm } from "./form.tsx";
import NoSuchEvent from "./not-found.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activity.reporting"))("title") };
}

/** What happened, once more, and what reporting it does. An event of somebody else is none. */
async function ReportPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const eventId = eventIdIn((await searchParams).event) ?? notFound();
  const [{ ctx }, language, t] = await Promise.all([
    requireSession(reportPath(eventId)),
    getLocale(),
    getTranslations("activity.reporting"),
  ]);
  const line = (await findActivity(ctx, eventId)) ?? notFound();
  const { what, why, from, who } = wordsOfEvents(language)(line);
  const { form, activity } = messages[language];
  return (
    <SettingsFrame here="activity">
      <section className="card">
        <ReportForm
          eventId={eventId}
          words={{ ...activity.reporting, hint: t("hint", { max: REPORT_MAX }) }}
          summary={{ one: form.errorOne, many: form.errorMany }}
          cancel={
            <LinkButton variant="quiet" href={ACTIVITY_PATH}>
              {t("cancel")}
            </LinkButton>
          }
        >
          <h1>{t("heading")}</h1>
          <p className="lead">{t("lead")}</p>
          <section className="person mt-6" aria-labelledby="which">
            <h2 className="h4" id="which">
              {t("which")}
            </h2>
            <dl className="facts mt-3">
              <div>
                <dt>{t("what")}</dt>
                <dd>{why ? `${what}. ${why}` : what}</dd>
              </div>
              <div>
                <dt>{t("when")}</dt>
                <dd>{formatDate(line.at, language)}</dd>
              </div>
              {from.length > 0 && (
                <div>
                  <dt>{t("device")}</dt>
                  <dd>{from.join(" · ")}</dd>
                </div>
              )}
              <div>
                <dt>{t("who")}</dt>
                <dd>{who}</dd>
              </div>
            </dl>
          </section>
          <h2 className="h4 mt-6">{t("then")}</h2>
          <ul className="ready mt-3 mb-6">
            {(["lock", "told", "filed", "back"] as const).map((step) => (
              <li key={step}>
                <Icon name="check" />
                <span>{t(`steps.${step}`)}</span>
              </li>
            ))}
          </ul>
        </ReportForm>
      </section>
    </SettingsFrame>
  );
}

export default orElse(NoSuchEvent)(ReportPage);
