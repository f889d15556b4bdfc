import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import { type TokenFilters, tokenShows } from "#lib/campaign/tokens/register/token-filters.ts";
import type { OfficeCounts } from "#lib/helpdesk/search/count-accounts.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { TOKENS_PATH, tokenListPath } from "./paths.ts";

/** Narrows the register by the address: a form that only asks. */
export async function TokenFilterForm({
  filters,
  offices,
}: {
  filters: TokenFilters;
  offices: readonly OfficeCounts[];
}) {
  const [t, states] = await Promise.all([
    getTranslations("hardwareTokens.filters"),
    getTranslations("hardwareTokens.states"),
  ]);
  const { words, show, officeId, holderId } = filters;
  return (
    <details className="refine" open={show !== null || officeId !== null}>
      <summary>{t("heading")}</summary>
      <form method="get" action={TOKENS_PATH} className="filters">
        {words !== null && <input type="hidden" name="q" value={words} />}
        {holderId !== null && <input type="hidden" name="holder" value={holderId} />}
        <SelectField
          name="state"
          label={t("state")}
          placeholder={t("anyState")}
          defaultValue={show ?? ""}
          options={tokenShows.map((each) => ({
            value: each,
            label: each === "leaver" || each === "hand_back" ? t(each) : states(each),
          }))}
        />
        {offices.length > 1 && (
          <SelectField
            name="office"
            label={t("office")}
            placeholder={t("allOffices")}
            defaultValue={officeId ?? ""}
            options={offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
          />
        )}
        <Button variant="second">{t("submit")}</Button>
      </form>
      {tokenListPath(filters) !== TOKENS_PATH && (
        <p className="clear">
          <a href={TOKENS_PATH}>{t("clear")}</a>
        </p>
      )}
    </details>
  );
}
