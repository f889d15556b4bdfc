import { Field } from "#components/form/field.tsx";
import { Button } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

/** `path`: of the page that is asked for again. `found`, `of`: how many systems. */
type SystemSearchProps = { path: `/${string}`; sought: string; found: number; of: number };

/** Longer than the name of any system. */
const SOUGHT_MAX = 80;

/** What is searched for by a page's address; empty where nothing is, and what is too long is cut off. */
export const soughtOf = (q: unknown): string => (typeof q === "string" ? q.trim().slice(0, SOUGHT_MAX) : "");

/** A plain form that asks for the page again: it needs no script, and what was sought can be kept as a bookmark. */
export async function SystemSearch({ path, sought, found, of }: SystemSearchProps) {
  const t = await getTranslations("launchpad.search");
  return (
    <search className="system-search">
      <form action={`${path}#systems`} className="find-row">
        <Field
          name="q"
          type="search"
          label={t("label")}
          defaultValue={sought}
          maxLength={SOUGHT_MAX}
          autoComplete="off"
        />
        <Button variant="second">{t("submit")}</Button>
      </form>
      {sought !== "" && (
        <p role="status">
          {t(found === 0 ? "nothing" : "found", { found, of, sought })} <a href={`${path}#systems`}>{t("all")}</a>
        </p>
      )}
    </search>
  );
}
