import { getLocale } from "next-intl/server";
import { LinkButton } from "#components/ui/button.tsx";
import { Table } from "#components/ui/table.tsx";
import type { JudgedToken } from "#lib/campaign/tokens/import/judge-tokens.ts";
import { wordsOfTokenReasons } from "#lib/campaign/tokens/import/words-of-token-reasons.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { tokenImportPath } from "../../paths.ts";

/** The first lines that cannot be used, by line and reason, and all of them as a file. */
export async function BadTokensCard({ id, rows, total }: { id: string; rows: readonly JudgedToken[]; total: number }) {
  const [t, language] = await Promise.all([getTranslations("hardwareTokens.import"), getLocale()]);
  return (
    <section className="card" aria-labelledby="bad">
      <h2 id="bad">{t("bad")}</h2>
      {total === 0 ? (
        <p>{t("badNone")}</p>
      ) : (
        <>
          <p>{t("badText")}</p>
          {total > rows.length && <p className="hint">{t("badMore", { shown: rows.length, total })}</p>}
          <Table
            className="numbered"
            heads={(["line", "serial", "holder", "why"] as const).map((column) => t(column))}
            rows={rows.map((row) => ({
              key: row.line,
              cells: [
                row.line,
                <span key="serial" className="num">
                  {row.serial ?? "–"}
                </span>,
                row.typed ?? "–",
                wordsOfTokenReasons(language, row),
              ],
            }))}
          />
          <p className="actions">
            <LinkButton variant="second" icon="download" href={`${tokenImportPath(id)}/bad-rows`}>
              {t("download")}
            </LinkButton>
          </p>
        </>
      )}
    </section>
  );
}
