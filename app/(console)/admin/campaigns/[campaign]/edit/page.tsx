import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { AboutForm } from "../../definition/about-form.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";
import { campaignPath } from "../../paths.ts";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.about"))("title") };
}

/** What a campaign is called, why it is, what it rests on and whom to ask. */
async function EditCampaignPage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const path = partPath(id, "edit");
  const { campaign, mayChange, may } = await viewDefinition(id, path);
  const [language, asked, typed] = await Promise.all([getLocale(), searchParams, typedBefore(path)]);
  const { campaigns, administration, form } = messages[language];
  const { about } = campaigns;
  return (
    <DefinitionPage
      campaign={campaign}
      part="edit"
      heading={about.title}
      lead={may === "told" ? about.toldLead : about.lead}
      mayChange={mayChange}
      asked={asked}
    >
      <AboutForm
        campaignId={campaign.id}
        now={campaign}
        version={campaign.version}
        readOnly={!mayChange || may === "over"}
        isTold={may === "told"}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...about, ...administration.common }}
        cancelTo={campaignPath(campaign.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </DefinitionPage>
  );
}

export default orMissing(EditCampaignPage);
