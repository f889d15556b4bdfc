import { Fragment } from "react";
import { Table } from "#components/ui/table.tsx";
import type { PlannedRun } from "#lib/campaign/letters/planned-runs.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatWeekday } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** What the schedule will still send, and when. */
export async function PlanCard({ planned, language }: { planned: readonly PlannedRun[]; language: Language }) {
  const t = await getTranslations("campaignLetters");
  return (
    <section className="card" aria-labelledby="plan">
      <h2 id="plan">{t("plan.heading")}</h2>
      {planned.length === 0 ? (
        <p className="muted">{t("plan.none")}</p>
      ) : (
        <Table
          heads={[t("plan.what"), t("plan.when")]}
          rows={planned.map(({ phase, kind, day, daysBefore }) => ({
            key: `${phase} ${kind} ${daysBefore}`,
            cells: [
              <Fragment key="what">
                <strong>
                  {daysBefore === null ? t("occasions.begin") : t("occasions.before", { days: daysBefore })}
                </strong>
                , {t("run.phase", { number: phase })}
              </Fragment>,
              day === null ? t("plan.announcing") : formatWeekday(beginningOf(day), language),
            ],
          }))}
        />
      )}
      <p className="hint mt-4">{t("plan.note")}</p>
    </section>
  );
}
