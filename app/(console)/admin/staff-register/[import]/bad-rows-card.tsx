import { getTranslations } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { BadRow } from "#lib/staff-register/import/view-import.ts";
import { importPath } from "../paths.ts";

/** The first rows that cannot be used, by line and reason, and all of them as a file. */
export async function BadRowsCard({ id, rows, total }: { id: string; rows: readonly BadRow[]; total: number }) {
  const t = await getTranslations("staffRegister");
  const columns = ["line", "identity", "name", "why"] as const;
  return (
    <section className="card" aria-labelledby="bad">
      <h2 id="bad">{t("import.bad")}</h2>
      {total === 0 ? (
        <p>{t("import.badNone")}</p>
      ) : (
        <>
          <p>{t("import.badText")}</p>
          <table className="table" {...tableRoles.table}>
            <thead {...tableRoles.group}>
              <tr {...tableRoles.row}>
                {columns.map((column) => (
                  <th key={column} {...tableRoles.head}>
                    {t(`import.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody {...tableRoles.group}>
              {rows.map(({ line, identity, name, reasons }) => (
                <tr key={line} {...tableRoles.row}>
                  <td className="lead-cell" data-l={t("import.line")} {...tableRoles.cell}>
                    {line}
                  </td>
                  <td className="num" data-l={t("import.identity")} {...tableRoles.cell}>
                    {identity ?? "–"}
                  </td>
                  <td data-l={t("import.name")} {...tableRoles.cell}>
                    {name ?? "–"}
                  </td>
                  <td data-l={t("import.why")} {...tableRoles.cell}>
                    {reasons.map((reason) => t(`wrong.${reason}`)).join("; ")}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="actions">
            <LinkButton variant="second" icon="download" href={`${importPath(id)}/bad-rows`}>
              {t("import.download")}
            </LinkButton>
          </p>
        </>
      )}
    </section>
  );
}
