import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import type { BadRow } from "#lib/staff-register/import/view-import.ts";
import { wordsOfReasons } from "#lib/staff-register/row/words-of-reasons.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { importPath } from "../paths.ts";

/** The first rows that cannot be used, by line and reason, and all of them as a file. */
export async function BadRowsCard({ id, rows, total }: { id: string; rows: readonly BadRow[]; total: number }) {
  const [t, language] = await Promise.all([getTranslations("staffRegister"), getLocale()]);
  return (
    <section className="card" aria-labelledby="bad">
      <h2 id="bad">{t("import.bad")}</h2>
      {total === 0 ? (
        <p>{t("import.badNone")}</p>
      ) : (
        <>
          <p>{t("import.badText")}</p>
          <Table
            className="numbered"
            heads={(["line", "identity", "name", "why"] as const).map((column) => t(`import.${column}`))}
            rows={rows.map(({ line, identity, name, reasons }) => ({
              key: line,
              cells: [
                line,
                <span key="identity" className="num">
                  {identity ?? "–"}
                </span>,
                name ?? "–",
                wordsOfReasons(language, { reasons, name }),
              ],
            }))}
          />
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
