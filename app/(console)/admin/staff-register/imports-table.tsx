import { Table } from "#components/ui/table.tsx";
import type { Language } from "#lib/kernel/context.ts";
import type { ShownImport } from "#lib/staff-register/import/view-import.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
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
      <Table
        heads={(["file", "uploaded", "by", "state"] as const).map((column) => t(column))}
        rows={imports.map(({ id, fileName, uploadedAt, uploader, state }) => ({
          key: id,
          cells: [
            <a key="file" href={importPath(id)}>
              {fileName}
            </a>,
            formatDate(uploadedAt, language),
            uploader ?? t("operator"),
            <ImportState key="state" state={state} />,
          ],
        }))}
      />
    </section>
  );
}
