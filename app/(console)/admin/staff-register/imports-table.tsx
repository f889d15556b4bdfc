import { getTranslations } from "next-intl/server";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { ShownImport } from "#lib/staff-register/import/view-import.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { ImportState } from "./import-state.tsx";
import { importPath } from "./paths.ts";

/** The files of late, newest first. */
export async function ImportsTable({ imports, language }: { imports: readonly ShownImport[]; language: Language }) {
  const t = await getTranslations("staffRegister.imports");
  if (imports.length === 0)
    return (
      <div className="empty">
        <h2>{t("empty")}</h2>
        <p>{t("emptyText")}</p>
      </div>
    );
  return (
    <section className="card" aria-labelledby="imports">
      <h2 id="imports">{t("heading")}</h2>
      <table className="table" {...tableRoles.table}>
        <thead {...tableRoles.group}>
          <tr {...tableRoles.row}>
            {(["file", "uploaded", "by", "state"] as const).map((column) => (
              <th key={column} {...tableRoles.head}>
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...tableRoles.group}>
          {imports.map(({ id, fileName, uploadedAt, uploader, state }) => (
            <tr key={id} {...tableRoles.row}>
              <td className="lead-cell" data-l={t("file")} {...tableRoles.cell}>
                <a href={importPath(id)}>{fileName}</a>
              </td>
              <td data-l={t("uploaded")} {...tableRoles.cell}>
                {formatDate(uploadedAt, language)}
              </td>
              <td data-l={t("by")} {...tableRoles.cell}>
                {uploader ?? t("operator")}
              </td>
              <td data-l={t("state")} {...tableRoles.cell}>
                <span>
                  <ImportState state={state} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
