import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { nameOfCampaign } from "#lib/campaign/onsite/name-of-campaign.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../console-frame.tsx";
import { orMissing } from "../../../../../or-missing.tsx";
import { SessionForm } from "../form.tsx";
import { emptySession } from "../form-of-session.ts";
import { sessionsPath } from "../paths.ts";
import { sessionOffices } from "../session-offices.ts";

type Props = { params: Promise<{ campaign: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.form"))("newTitle") };
}

async function NewSessionPage({ params }: Props) {
  const { campaign: campaignId } = await params;
  const path = sessionsPath(campaignId);
  const [{ ctx, officer }, language] = await Promise.all([requireOfficer(`${path}/new`, "onsite.manage"), getLocale()]);
  const campaign = (await nameOfCampaign(ctx, campaignId)) ?? notFound();
  const { onsite, form } = messages[language];
  const { create, creating, ...words } = onsite.form;
  return (
    <ConsoleFrame
      here="campaigns"
      above={[{ href: path, name: onsite.list.heading }]}
      heading={words.newTitle}
      lead={words.newLead}
    >
      {campaign.state === "closed" ? (
        <Callout tone="warn">{onsite.refused.campaign_closed}</Callout>
      ) : (
        <SessionForm
          campaignId={campaignId}
          sessionId=""
          version={0}
          now={emptySession}
          offices={await sessionOffices(ctx, officer)}
          today={dayOf(ctx.now())}
          back={path}
          words={{ ...words, save: create, saving: creating }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      )}
    </ConsoleFrame>
  );
}

export default orMissing(NewSessionPage);
