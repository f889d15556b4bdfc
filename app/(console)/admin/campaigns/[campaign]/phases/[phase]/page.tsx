import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { listOfficesOfPhases } from "#lib/campaign/definition/phases/list-offices-of-phases.ts";
import { hasBegun, mayTouch } from "#lib/campaign/definition/phases/phase-rules.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { DefinitionPage } from "../../../definition/definition-page.tsx";
import { partPath, phasePath } from "../../../definition/definition-parts.ts";
import { viewDefinition } from "../../../definition/view-definition.ts";
import { removePhaseOf } from "../actions.ts";
import { PhaseForm } from "../form.tsx";
import { unpackOffices } from "../packed-offices.ts";

type Props = { params: Promise<{ campaign: string; phase: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.phases"))("title") };
}

/** One phase: its days and its offices; `new` for one that is to be. */
async function PhasePage({ params, searchParams }: Props) {
  const { campaign: id, phase: said } = await params;
  const phaseId = said === "new" ? "" : said;
  const path = phasePath(id, phaseId);
  const { ctx, campaign, mayChange, may } = await viewDefinition(id, path);
  const phase = campaign.phases.find((one) => one.id === phaseId);
  if (phaseId !== "" ? !phase : !mayChange || may === "over") notFound();
  const [language, asked, typed, t, offices] = await Promise.all([
    getLocale(),
    searchParams,
    typedBefore(path),
    getTranslations("campaigns.phase"),
    listOfficesOfPhases(ctx, campaign.phases, phase?.id ?? null),
  ]);
  const { campaigns, administration, form } = messages[language];
  const { phase: words } = campaigns;
  const today = dayOf(ctx.now());
  const mayEdit = !phase || mayTouch(phase, may, today, "change").ok;
  const mayRemove = mayChange && phase && mayTouch(phase, may, today, "remove").ok;
  const isHeld = may === "told" && phase !== undefined && hasBegun(phase, today);
  return (
    <DefinitionPage
      campaign={campaign}
      part="phases"
      heading={phase ? t("editTitle", { number: phase.number }) : words.addTitle}
      lead={words.lead}
      mayChange={mayChange}
      asked={asked}
      above={{ href: partPath(campaign.id, "phases"), name: campaigns.phases.title }}
    >
      {isHeld && <Callout>{mayEdit ? words.begun : words.isOver}</Callout>}
      <PhaseForm
        campaignId={campaign.id}
        phaseId={phaseId}
        now={{
          fromDay: phase?.fromDay ?? "",
          untilDay: phase?.untilDay ?? "",
          offices: phase?.offices.map((one) => one.id).join(" ") ?? "",
        }}
        version={campaign.version}
        readOnly={!mayChange || !mayEdit}
        hasBegun={isHeld}
        begin={{
          values: typed
            ? {
                ...typed,
                offices: unpackOffices(
                  typed.offices ?? "",
                  offices.map((one) => one.id),
                ).join(" "),
              }
            : {},
          errors: {},
        }}
        offices={offices.map((one) => ({
          value: one.id,
          label: `${one.code} ${one.name}`,
          note: one.isRetired
            ? words.retired
            : one.inPhase === null
              ? undefined
              : t("inPhase", { number: one.inPhase }),
        }))}
        words={{ ...words, ...administration.common }}
        cancelTo={partPath(campaign.id, "phases")}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      {mayRemove && (
        <section className="card" aria-labelledby="remove">
          <h2 className="h3" id="remove">
            {words.remove}
          </h2>
          <p>{words.removeText}</p>
          <form action={removePhaseOf} className="actions">
            <input type="hidden" name="campaign" value={campaign.id} />
            <input type="hidden" name="phase" value={phase.id} />
            <input type="hidden" name="version" value={campaign.version} />
            <Submit variant="danger" busy={words.removing}>
              {words.remove}
            </Submit>
          </form>
        </section>
      )}
    </DefinitionPage>
  );
}

export default orMissing(PhasePage);
