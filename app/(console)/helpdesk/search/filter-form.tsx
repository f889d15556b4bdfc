import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import type { OfficeCounts } from "#lib/helpdesk/search/count-accounts.ts";
import { type Filters, factorFilters, sorts, troubles } from "#lib/helpdesk/search/filters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ACCOUNTS_PATH } from "../accounts/[account]/paths.ts";
import { ALL_ACCOUNTS, listPath } from "../list-path.ts";

/** Narrows and orders the list by the address: a form that only asks, so it may be kept, sent on and gone back to. */
export async function FilterForm({ filters, offices }: { filters: Filters; offices: readonly OfficeCounts[] }) {
  const t = await getTranslations("helpdesk.filters");
  const { words, status, officeId, factor, trouble, sort } = filters;
  const chosen = officeId !== null || factor !== null || trouble !== null || sort !== "name";
  return (
    <details className="refine" open={chosen}>
      <summary>{t("heading")}</summary>
      <form method="get" action={ACCOUNTS_PATH} className="filters">
        {words !== null && <input type="hidden" name="q" value={words} />}
        {status !== null && <input type="hidden" name="status" value={status} />}
        {offices.length > 1 && (
          <SelectField
            name="office"
            label={t("office")}
            placeholder={t("allOffices")}
            defaultValue={officeId ?? ""}
            options={offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
          />
        )}
        <SelectField
          name="factor"
          label={t("factor")}
          placeholder={t("anyFactor")}
          defaultValue={factor ?? ""}
          options={factorFilters.map((each) => ({ value: each, label: t(`factors.${each}`) }))}
        />
        <SelectField
          name="trouble"
          label={t("trouble")}
          placeholder={t("anyTrouble")}
          defaultValue={trouble ?? ""}
          options={troubles.map((each) => ({ value: each, label: t(`troubles.${each}`) }))}
        />
        <SelectField
          name="sort"
          label={t("sort")}
          defaultValue={sort}
          options={sorts.map((each) => ({ value: each, label: t(`sorts.${each}`) }))}
        />
        <Button variant="second">{t("submit")}</Button>
      </form>
      {listPath(filters) !== ALL_ACCOUNTS && (
        <p className="clear">
          <a href={ALL_ACCOUNTS}>{t("clear")}</a>
        </p>
      )}
    </details>
  );
}
