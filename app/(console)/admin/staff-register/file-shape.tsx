import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Table } from "#components/ui/table.tsx";
import { acceptedTitles } from "#lib/staff-register/columns/guess-columns.ts";
import { columnFields } from "#lib/staff-register/columns/mapping.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { TEMPLATE } from "./paths.ts";

/** How a file must look: what each column may be called, how it is written, and an empty file to begin with. */
export async function FileShape() {
  const t = await getTranslations("staffRegister");
  return (
    <details className="register-shape">
      <summary>
        {t("shape.heading")} <Icon name="down" small />
      </summary>
      <p className="hint">{t("shape.text")}</p>
      <Table
        heads={[t("shape.column"), t("shape.titles"), t("shape.written")]}
        rows={columnFields.map((field) => ({
          key: field,
          cells: [t(`columns.fields.${field}`), acceptedTitles[field].join(" · "), t(`shape.how.${field}`)],
        }))}
      />
      <p className="actions">
        <LinkButton variant="second" small icon="download" href={TEMPLATE}>
          {t("shape.template")}
        </LinkButton>
      </p>
    </details>
  );
}
