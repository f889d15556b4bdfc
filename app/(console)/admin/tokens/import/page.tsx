import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { UploadErrors } from "#app/(console)/admin/staff-register/upload-errors.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { buttonClass, LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Table } from "#components/ui/table.tsx";
import { tokenColumns, tokenTitles } from "#lib/campaign/tokens/import/token-columns.ts";
import { listTokenImports } from "#lib/campaign/tokens/import/view-token-import.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { orMissing } from "../../../or-missing.tsx";
import { TOKEN_IMPORTS, TOKEN_TEMPLATE, TOKENS_PATH, tokenImportPath } from "../paths.ts";
import { importTones } from "./tones.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hardwareTokens.import"))("title") };
}

/** Where files of hardware tokens come in, and what became of those of late. */
async function TokenImportsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { refused }] = await Promise.all([
    requireOfficer(TOKEN_IMPORTS, "register.import"),
    getLocale(),
    getTranslations("hardwareTokens"),
    searchParams,
  ]);
  const imports = await listTokenImports(ctx);
  const { form, hardwareTokens, staffRegister } = messages[language];
  const reasons: Readonly<Record<string, string>> = { ...staffRegister.file, ...hardwareTokens.import.refused };
  const error = typeof refused === "string" && Object.hasOwn(reasons, refused) ? reasons[refused] : undefined;
  return (
    <ConsoleFrame
      here="campaigns"
      above={[{ href: TOKENS_PATH, name: t("heading") }]}
      heading={t("import.heading")}
      lead={t("import.lead")}
    >
      <section className="card" aria-labelledby="upload">
        <h2 id="upload">{t("import.upload")}</h2>
        <UploadErrors error={error} words={{ one: form.errorOne, many: form.errorMany }} />
        <p className="hint">{t("import.text")}</p>
        <FileShape />
        {/* A plain form: a file is streamed to a route of its own, with or without JavaScript. */}
        <form action="/api/hardware-tokens" method="post" encType="multipart/form-data">
          <div className={`field${error ? " has-error" : ""}`}>
            <label className="label" htmlFor="file">
              {t("import.file")}
            </label>
            <input
              className="input"
              type="file"
              id="file"
              name="file"
              accept=".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
              required
              aria-invalid={error ? true : undefined}
            />
          </div>
          <div className="actions">
            <button type="submit" className={buttonClass({})}>
              {t("import.submit")}
            </button>
          </div>
        </form>
      </section>
      <section className="card" aria-labelledby="recent">
        <h2 id="recent">{t("import.recent")}</h2>
        {imports.length === 0 ? (
          <div className="empty">
            <h3 className="h4">{t("import.none")}</h3>
            <p>{t("import.noneText")}</p>
          </div>
        ) : (
          <Table
            heads={(["file", "uploaded", "by", "state"] as const).map((column) => t(`import.${column}`))}
            rows={imports.map(({ id, fileName, uploadedAt, uploader, state }) => ({
              key: id,
              cells: [
                <a key="file" href={tokenImportPath(id)}>
                  {fileName}
                </a>,
                formatDate(uploadedAt, language),
                uploader ?? t("import.operator"),
                <Badge key="state" tone={importTones[state]}>
                  {t(`import.states.${state}`)}
                </Badge>,
              ],
            }))}
          />
        )}
      </section>
    </ConsoleFrame>
  );
}

/** How a file must look: what each column may be called, how it is written, and an empty file to begin with. */
async function FileShape() {
  const t = await getTranslations("hardwareTokens.import");
  return (
    <details className="register-shape">
      <summary>
        {t("shape")} <Icon name="down" small />
      </summary>
      <p className="hint">{t("shapeText")}</p>
      <Table
        heads={[t("column"), t("titles"), t("written")]}
        rows={tokenColumns.map((column) => ({
          key: column,
          cells: [t(`columns.${column}`), tokenTitles[column].join(" · "), t(`how.${column}`)],
        }))}
      />
      <p className="actions">
        <LinkButton variant="second" small icon="download" href={TOKEN_TEMPLATE}>
          {t("template")}
        </LinkButton>
      </p>
    </details>
  );
}

export default orMissing(TokenImportsPage);
