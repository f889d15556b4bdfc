import { getTranslations } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import { beginningOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { SampleRow } from "#lib/staff-register/import/view-import.ts";
import { formatDay } from "#lib/text/format-date.ts";

/** The first rows that would do something: whether columns and offices were understood shows here. */
export async function SamplesCard({ samples, language }: { samples: readonly SampleRow[]; language: Language }) {
  const t = await getTranslations("staffRegister.import");
  const columns = ["name", "identity", "office", "kind"] as const;
  return (
    <section className="card" aria-labelledby="samples">
      <h2 id="samples">{t("samples")}</h2>
      <table className="table" {...tableRoles.table}>
        <thead {...tableRoles.group}>
          <tr {...tableRoles.row}>
            {columns.map((column) => (
              <th key={column} {...tableRoles.head}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.group}>
          {samples.map(({ line, name, identity, office, kind, leavesOn }) => (
            <tr key={line} {...tableRoles.row}>
              <td className="lead-cell" data-l={t("name")} {...tableRoles.cell}>
                {name ?? "–"}
              </td>
              <td className="num" data-l={t("identity")} {...tableRoles.cell}>
                {identity}
              </td>
              <td data-l={t("office")} {...tableRoles.cell}>
                {office ?? "–"}
              </td>
              <td data-l={t("kind")} {...tableRoles.cell}>
                <span>
                  <Badge tone={kind === "ending" ? "warn" : "info"}>{t(`counts.${kind}`)}</Badge>
                  {leavesOn && ` ${formatDay(beginningOf(leavesOn), language)}`}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
