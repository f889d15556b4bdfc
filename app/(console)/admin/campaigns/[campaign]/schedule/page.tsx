import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";
import { campaignPath } from "../../paths.ts";
import { ScheduleForm } from "./form.tsx";
import { scheduleAs } from "./schedule-as.ts";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.schedule"))("title") };
}

/** When reminders go out, and when no letter does. */
async function SchedulePage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const path = partPath(id, "schedule");
  const { campaign, mayChange, may } = await viewDefinition(id, path);
  const [language, asked, typed] = await Promise.all([getLocale(), searchParams, typedBefore(path)]);
  const { campaigns, administration, form } = messages[language];
  const { weekdays, ...schedule } = campaigns.schedule;
  return (
    <DefinitionPage
      campaign={campaign}
      part="schedule"
      heading={schedule.title}
      lead={schedule.lead}
      mayChange={mayChange}
      asked={asked}
    >
      <ScheduleForm
        campaignId={campaign.id}
        now={scheduleAs(campaign)}
        version={campaign.version}
        readOnly={!mayChange || may === "over"}
        begin={{ values: typed ?? {}, errors: {} }}
        weekdays={Object.entries(weekdays).map(([value, label]) => ({ value, label }))}
        words={{ ...schedule, ...administration.common }}
        cancelTo={campaignPath(campaign.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </DefinitionPage>
  );
}

export default orMissing(SchedulePage);
