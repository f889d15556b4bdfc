import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { SampleRow } from "#lib/staff-register/import/view-import.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The first rows that would do something: whether columns and offices were understood shows here. */
export async function SamplesCard({ samples, language }: { samples: readonly SampleRow[]; language: Language }) {
  const t = await getTranslations("staffRegister.import");
  return (
    <section className="card" aria-labelledby="samples">
      <h2 id="samples">{t("samples")}</h2>
      <Table
        heads={(["name", "identity", "office", "kind"] as const).map((column) => t(column))}
        rows={samples.map(({ line, name, identity, office, kind, leavesOn }) => ({
          key: line,
          cells: [
            name ?? "–",
            <span key="identity" className="num">
              {identity}
            </span>,
            office ?? "–",
            <>
              <Badge key="kind" tone={kind === "ending" ? "warn" : "info"}>
                {t(`counts.${kind}`)}
              </Badge>
              {leavesOn && ` ${formatDay(beginningOf(leavesOn), language)}`}
            </>,
          ],
        }))}
      />
    </section>
  );
}
