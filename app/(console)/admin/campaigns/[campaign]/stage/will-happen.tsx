import { getLocale } from "next-intl/server";
import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import type { WhomCount } from "#lib/campaign/people/count-whom.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

const sum = (counts: readonly WhomCount[]): number => counts.reduce((all, { people }) => all + people, 0);

/** What comes of announcing it, with how many people it is for as things are. */
export async function WillHappen({ campaign, counts }: { campaign: CampaignDefinition; counts: readonly WhomCount[] }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("campaigns.stage")]);
  const day = (value: string | undefined) => (value ? formatDay(beginningOf(value), language) : "");
  const { phases, remindDaysBefore } = campaign;
  const without = sum(counts.filter(({ phaseId }) => phaseId === null));
  return (
    <section className="card" aria-labelledby="will">
      <h2 className="h3" id="will">
        {t("willHeading")}
      </h2>
      <ul className="definition-will">
        <li>{t("will.people", { people: sum(counts), offices: counts.length })}</li>
        {phases.length > 0 && (
          <li>
            {t("will.phases", {
              phases: phases.length,
              from: day(phases[0]?.fromDay),
              until: day(phases.at(-1)?.untilDay),
            })}
            <ol>
              {phases.map((phase) => (
                <li key={phase.id}>
                  {t("will.phase", {
                    number: phase.number,
                    from: day(phase.fromDay),
                    until: day(phase.untilDay),
                    offices: phase.offices.length,
                    people: sum(counts.filter(({ phaseId }) => phaseId === phase.id)),
                  })}
                </li>
              ))}
            </ol>
          </li>
        )}
        {campaign.state === "draft" && (
          <>
            <li>{t("will.banner")}</li>
            <li>{t("will.invitation")}</li>
          </>
        )}
        <li>
          {remindDaysBefore.length === 0
            ? t("will.noReminders")
            : t("will.reminders", { days: new Intl.ListFormat(language).format(remindDaysBefore.map(String)) })}
        </li>
        {without > 0 && <li>{t("will.without", { people: without })}</li>}
      </ul>
    </section>
  );
}
