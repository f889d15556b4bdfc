import { SelectField } from "#components/form/select-field.tsx";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { boardStates } from "#lib/campaign/board/board-filters.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { campaignPath } from "../../paths.ts";
import type { Seen } from "./seen.ts";

/** What is looked at goes into the address. */
export async function FilterForm({ board, chosen }: Seen) {
  const [t, states] = await Promise.all([
    getTranslations("campaignBoard.board"),
    getTranslations("campaignBoard.boardStates"),
  ]);
  const { campaign, phases } = board;
  return (
    <form
      className="filters board-filters"
      aria-label={t("filter")}
      key={`${chosen.phase} ${chosen.officeId} ${chosen.state}`}
    >
      <SelectField
        name="phase"
        label={t("filterPhase")}
        defaultValue={String(chosen.phase ?? "all")}
        options={[
          ...campaign.phases.map(({ number }) => ({ value: String(number), label: t("phase", { number }) })),
          { value: "all", label: t("allPhases") },
          ...(phases.some(({ phase }) => phase === null) || chosen.phase === "none"
            ? [{ value: "none", label: t("noPhase") }]
            : []),
        ]}
      />
      <SelectField
        name="office"
        label={t("filterOffice")}
        placeholder={t("allOffices")}
        defaultValue={chosen.officeId ?? ""}
        options={campaign.offices.map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
      />
      <SelectField
        name="state"
        label={t("filterState")}
        placeholder={t("allStates")}
        defaultValue={chosen.state ?? ""}
        options={boardStates.map((value) => ({ value, label: states(value) }))}
      />
      <div>
        <Button variant="second">{t("submit")}</Button>
      </div>
      <div>
        <LinkButton variant="quiet" href={campaignPath(campaign.id)}>
          {t("clear")}
        </LinkButton>
      </div>
    </form>
  );
}
