import { LinkButton } from "#components/ui/button.tsx";
import type { ShownImport } from "#lib/staff-register/import/view-import.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { LookAgain } from "../look-again.tsx";
import { importPath } from "../paths.ts";

/** What is being done with the file at this moment, in numbers; nothing where nothing is. */
export async function UnderWay({ file: { id, state, rowsRead, appliedTo, readTo } }: { file: ShownImport }) {
  if (state !== "receiving" && state !== "reading" && state !== "applying") return null;
  const t = await getTranslations("staffRegister.import");
  // The last batch ends beyond the last line.
  const line = Math.min(appliedTo, readTo);
  const words =
    state === "applying"
      ? t("applying", { line, of: readTo })
      : t(state, state === "reading" ? { rows: rowsRead } : {});
  return (
    <section className="card" aria-labelledby="under-way">
      <p id="under-way" role="status">
        {words}
      </p>
      {state === "applying" ? (
        <progress className="register-progress" aria-label={t("progress")} max={readTo} value={line} />
      ) : (
        <progress className="register-progress" aria-label={t("progress")} />
      )}
      <p className="hint">{t("onItsOwn")}</p>
      <noscript>
        <LinkButton variant="second" small href={importPath(id)}>
          {t("again")}
        </LinkButton>
      </noscript>
      <LookAgain />
    </section>
  );
}
