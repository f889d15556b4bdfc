import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import type { BoardCampaign } from "#lib/campaign/board/find-board.ts";
import { hindranceKeys } from "#lib/campaign/board/hindrances.ts";
import { type PersonFilters, personPairs, personStates } from "#lib/campaign/board/people/person-filters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { campaignPath, peoplePath } from "../../paths.ts";

/** Narrows the list by the address. */
export async function FilterForm({ campaign, filters }: { campaign: BoardCampaign; filters: PersonFilters }) {
  const [t, board, states, hindrances] = await Promise.all([
    getTranslations("campaignBoard.people"),
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.personStates"),
    getTranslations("campaignBoard.hindrances"),
  ]);
  const { words, ...others } = filters;
  const chosen = personPairs({ ...others, words: null }).length > 0;
  return (
    <details className="refine" open={chosen}>
      <summary>{t("filter")}</summary>
      <form method="get" action={`${campaignPath(campaign.id)}/people`} className="filters">
        {words !== null && <input type="hidden" name="q" value={words} />}
        <SelectField
          name="phase"
          label={board("filterPhase")}
          defaultValue={String(filters.phase ?? "all")}
          options={[
            { value: "all", label: board("allPhases") },
            ...campaign.phases.map(({ number }) => ({ value: String(number), label: board("phase", { number }) })),
            { value: "none", label: board("noPhase") },
          ]}
        />
        <SelectField
          name="office"
          label={board("filterOffice")}
          placeholder={board("allOffices")}
          defaultValue={filters.officeId ?? ""}
          options={campaign.offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
        />
        <SelectField
          name="state"
          label={board("filterState")}
          placeholder={board("allStates")}
          defaultValue={filters.state ?? ""}
          options={personStates.map((value) => ({ value, label: states(value) }))}
        />
        <SelectField
          name="held"
          label={t("held")}
          placeholder={t("anyHeld")}
          defaultValue={filters.hindrance ?? ""}
          options={hindranceKeys.map((value) => ({ value, label: hindrances(value) }))}
        />
        <Button variant="second">{t("submit")}</Button>
      </form>
      {chosen && (
        <p className="clear">
          <a href={peoplePath(campaign.id, {})}>{t("clear")}</a>
        </p>
      )}
    </details>
  );
}
