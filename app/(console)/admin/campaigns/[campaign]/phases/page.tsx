import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Table } from "#components/ui/table.tsx";
import type { PhaseOffice } from "#lib/campaign/definition/find-campaign.ts";
import { hasBegun, isOver } from "#lib/campaign/definition/phases/phase-rules.ts";
import { countWhom } from "#lib/campaign/people/count-whom.ts";
import { beginningOf, dayOf } from "#lib/kernel/calendar-day.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath, phasePath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

/** More names than this in a cell are counted. */
const MOST_NAMED = 4;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.phases"))("title") };
}

/** The phases of a campaign by their days, and offices that are in none though the campaign is for people there. */
async function PhasesPage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const { ctx, campaign, mayChange, may } = await viewDefinition(id, partPath(id, "phases"));
  const [language, asked, t, counts] = await Promise.all([
    getLocale(),
    searchParams,
    getTranslations("campaigns.phases"),
    countWhom(ctx.db, ctx, campaign.id),
  ]);
  const today = dayOf(ctx.now());
  const day = (value: string) => formatDay(beginningOf(value), language);
  const named = (offices: readonly PhaseOffice[]): string => {
    const names = offices.map(({ code, name }) => `${code} ${name}`);
    return names.length > MOST_NAMED + 1
      ? t("officesMore", { names: names.slice(0, MOST_NAMED).join(", "), count: names.length - MOST_NAMED })
      : names.join(", ");
  };
  const without = counts.filter(({ phaseId }) => phaseId === null);
  const add = mayChange && may !== "over" && (
    <LinkButton href={phasePath(campaign.id, "")} icon="plus">
      {t("add")}
    </LinkButton>
  );
  return (
    <DefinitionPage
      campaign={campaign}
      part="phases"
      heading={t("title")}
      lead={t("lead")}
      mayChange={mayChange}
      asked={asked}
    >
      <section className="card" aria-label={t("title")}>
        {campaign.phases.length === 0 ? (
          <div className="empty">
            <Chip icon="calendar" />
            <p>{t("none")}</p>
            {add}
          </div>
        ) : (
          <>
            <Table
              heads={[t("number"), t("days"), t("offices"), t("state")]}
              rows={campaign.phases.map((phase) => ({
                key: phase.id,
                cells: [
                  <a key="phase" href={phasePath(campaign.id, phase.id)}>
                    {t("phase", { number: phase.number })}
                  </a>,
                  t("span", { from: day(phase.fromDay), until: day(phase.untilDay) }),
                  named(phase.offices),
                  isOver(phase, today) ? (
                    <Badge key="state" icon="check">
                      {t("over")}
                    </Badge>
                  ) : hasBegun(phase, today) && campaign.state !== "draft" ? (
                    <Badge key="state" tone="ok" icon="arrow">
                      {t("now")}
                    </Badge>
                  ) : (
                    <Badge key="state" tone="info" icon="clock">
                      {t("coming")}
                    </Badge>
                  ),
                ],
              }))}
            />
            {add && <p className="actions">{add}</p>}
          </>
        )}
      </section>
      {without.length > 0 && may !== "over" && (
        <section className="card" aria-labelledby="without">
          <h2 className="h3" id="without">
            {t("withoutHeading")}
          </h2>
          <p>{t("withoutText", { count: without.reduce((sum, { people }) => sum + people, 0) })}</p>
          <ul className="definition-will">
            {without.map(({ officeId, code, name, people }) => (
              <li key={officeId}>{t("withoutOffice", { office: `${code} ${name}`, people })}</li>
            ))}
          </ul>
        </section>
      )}
    </DefinitionPage>
  );
}

export default orMissing(PhasesPage);
