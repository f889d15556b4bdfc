import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import type { OfficeNamed } from "#lib/administration/insights/view-insights.ts";
import { type Span, spans } from "#lib/administration/insights/weeks.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type FilterFormProps = { span: Span; officeId: string | null; offices: readonly OfficeNamed[] };

/** What is looked at goes into the address. */
export async function FilterForm({ span, officeId, offices }: FilterFormProps) {
  const t = await getTranslations("insights.filter");
  return (
    <form className="filters" aria-label={t("label")} key={`${span} ${officeId}`}>
      <SelectField
        name="weeks"
        label={t("weeks")}
        defaultValue={String(span)}
        options={spans.map((count) => ({ value: String(count), label: t("last", { count: String(count) }) }))}
      />
      {offices.length > 1 && (
        <SelectField
          name="office"
          label={t("office")}
          placeholder={t("all")}
          defaultValue={officeId ?? ""}
          options={offices.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <div>
        <Button variant="second">{t("submit")}</Button>
      </div>
    </form>
  );
}
