import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { campaignRequirements } from "#lib/campaign/definition/find-campaign.ts";
import { listTargets } from "#lib/campaign/definition/list-targets.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";
import { campaignPath } from "../../paths.ts";
import { WhomForm } from "./form.tsx";
import { whomAs } from "./whom-as.ts";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.whom"))("title") };
}

/** Whom a campaign is for, and what they have to have before their move is complete. */
async function WhomPage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const path = partPath(id, "whom");
  const { ctx, campaign, mayChange, may } = await viewDefinition(id, path);
  const [language, asked, typed, offered] = await Promise.all([
    getLocale(),
    searchParams,
    typedBefore(path),
    listTargets(ctx),
  ]);
  const { campaigns, administration, form } = messages[language];
  const { whom, requirements } = campaigns;
  const nameOf = (role: { nameMs: string; nameEn: string }) => (language === "ms" ? role.nameMs : role.nameEn);
  // What was chosen and has ended since is shown, to be taken out.
  const withChosen = <T extends { id: string }>(chosen: readonly T[], among: readonly T[]): T[] => [
    ...among,
    ...chosen.filter((one) => !among.some((other) => other.id === one.id)),
  ];
  const isOffered = (among: readonly { id: string }[], id: string) => among.some((one) => one.id === id);
  return (
    <DefinitionPage
      campaign={campaign}
      part="whom"
      heading={whom.title}
      lead={may === "told" ? whom.toldLead : whom.lead}
      mayChange={mayChange}
      asked={asked}
    >
      <WhomForm
        campaignId={campaign.id}
        now={whomAs(campaign)}
        version={campaign.version}
        readOnly={!mayChange || may !== "written"}
        begin={{ values: typed ?? {}, errors: {} }}
        options={{
          roles: withChosen(campaign.roles, offered.roles).map((role) => ({
            value: role.id,
            label: `${role.system}: ${nameOf(role)}`,
            note: isOffered(offered.roles, role.id) ? undefined : whom.retired,
          })),
          ictRoles: withChosen(campaign.ictRoles, offered.ictRoles).map((role) => ({
            value: role.id,
            label: nameOf(role),
            note: isOffered(offered.ictRoles, role.id) ? undefined : whom.retired,
          })),
          requirements: campaignRequirements.map((value) => ({ value, label: requirements[value] })),
        }}
        words={{ ...whom, ...administration.common }}
        cancelTo={campaignPath(campaign.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </DefinitionPage>
  );
}

export default orMissing(WhomPage);
