import { Table } from "#components/ui/table.tsx";
import type { SampleToken } from "#lib/campaign/tokens/import/view-token-import.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The first tokens that would be registered: whether columns and holders were understood shows here. */
export async function SamplesCard({ samples, language }: { samples: readonly SampleToken[]; language: Language }) {
  const t = await getTranslations("hardwareTokens");
  return (
    <section className="card" aria-labelledby="samples">
      <h2 id="samples">{t("import.samples")}</h2>
      <Table
        heads={(["serial", "holder", "office", "issued"] as const).map((column) => t(`import.${column}`))}
        rows={samples.map(({ line, serial, holder, office, issuedOn }) => ({
          key: line,
          cells: [
            <span key="serial" className="num">
              {serial}
            </span>,
            holder,
            office,
            issuedOn ? formatDay(beginningOf(issuedOn), language) : t("list.unknownDay"),
          ],
        }))}
      />
    </section>
  );
}
