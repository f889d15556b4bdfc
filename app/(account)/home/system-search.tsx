import { getTranslations } from "next-intl/server";
import { Field } from "#components/form/field.tsx";
import { Button } from "#components/ui/button.tsx";

type SystemSearchProps = { sought: string; found: number; of: number };

/** Longer than the name of any system. */
export const SOUGHT_MAX = 80;

/** A plain form that asks for the page again: it needs no script, and what was sought can be kept as a bookmark. */
export async function SystemSearch({ sought, found, of }: SystemSearchProps) {
  const t = await getTranslations("launchpad.search");
  return (
    <search className="system-search">
      <form action="/home#systems" className="find-row">
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
          {t(found === 0 ? "nothing" : "found", { found, of, sought })} <a href="/home#systems">{t("all")}</a>
        </p>
      )}
    </search>
  );
}
