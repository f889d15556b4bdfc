import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { columnFields } from "#lib/staff-register/columns/mapping.ts";
import { viewImport } from "#lib/staff-register/import/view-import.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { importPath, REGISTER } from "../../paths.ts";
import { ColumnsForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staffRegister"))("columns.title") };
}

/** A, B, … Z, AA: as spreadsheets name their columns. */
const letterOf = (column: number): string =>
  (column >= 26 ? letterOf(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));

/** Which column of the file holds what: the guess, to be corrected. */
async function ColumnsPage({ params }: { params: Promise<{ import: string }> }) {
  const { import: id } = await params;
  const path = `${importPath(id)}/columns`;
  const [{ ctx }, language, t, common] = await Promise.all([
    requireOfficer(path, "register.import"),
    getLocale(),
    getTranslations("staffRegister"),
    getTranslations("console"),
  ]);
  const file = (await viewImport(ctx, id)) ?? notFound();
  const { layout, mapping } = file;
  if (!layout || (file.state !== "columns" && file.state !== "ready")) redirect(importPath(id));
  const { form, staffRegister } = messages[language];
  const names = layout.titles.map((title, column) => {
    const letter = t("columns.column", { letter: letterOf(column) });
    return title === "" ? letter : `${title} (${letter})`;
  });
  return (
    <ConsoleFrame
      here="admin"
      above={[
        { href: "/admin", name: common("tabs.admin") },
        { href: REGISTER, name: t("heading") },
        { href: importPath(id), name: file.fileName },
      ]}
      heading={t("columns.heading")}
      lead={t("columns.lead")}
    >
      <div className="register-grid">
        <section className="card">
          <ColumnsForm
            id={id}
            fields={columnFields.map((field) => ({
              name: field,
              label: staffRegister.columns.fields[field],
              now: String(mapping?.[field] ?? ""),
            }))}
            options={names.map((label, column) => ({ value: String(column), label }))}
            words={{
              none: t("columns.none"),
              submit: t("columns.submit"),
              submitting: t("columns.submitting"),
            }}
            summary={{ one: form.errorOne, many: form.errorMany }}
          />
        </section>
        <section className="card" aria-labelledby="samples">
          <h2 id="samples">{t("columns.samples")}</h2>
          <dl className="facts">
            {names.map((name, column) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{layout.samples[column]?.filter((sample) => sample !== "").join(" · ") || "–"}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </ConsoleFrame>
  );
}

export default orMissing(ColumnsPage);
