import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { findSession } from "#lib/campaign/onsite/find-session.ts";
import { isToCome } from "#lib/campaign/onsite/session/session-times.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../../console-frame.tsx";
import { orMissing } from "../../../../../../or-missing.tsx";
import { SessionForm } from "../../form.tsx";
import { formOfSession } from "../../form-of-session.ts";
import { sessionPath, sessionsPath } from "../../paths.ts";
import { sessionOffices } from "../../session-offices.ts";

type Props = { params: Promise<{ campaign: string; session: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("onsite.form"))("editTitle") };
}

/** Another time, place, capacity or note; by whom all of its offices are of. */
async function EditSessionPage({ params }: Props) {
  const { campaign: campaignId, session: sessionId } = await params;
  const path = sessionPath(campaignId, sessionId, "edit");
  const [{ ctx, officer }, language] = await Promise.all([requireOfficer(path, "onsite.manage"), getLocale()]);
  const session =
    (await findSession(ctx, officer, "onsite.manage", { campaignId, sessionId, how: "all" })) ?? notFound();
  const { onsite, form } = messages[language];
  const back = sessionPath(campaignId, sessionId);
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: sessionsPath(campaignId), name: onsite.list.heading },
        { href: back, name: session.place },
      ]}
      heading={onsite.form.editTitle}
      lead={onsite.form.editLead}
    >
      {isToCome(session, ctx.now()) ? (
        <SessionForm
          campaignId={campaignId}
          sessionId={sessionId}
          version={session.version}
          now={formOfSession(session)}
          offices={await sessionOffices(ctx, officer, session.offices)}
          today={dayOf(ctx.now())}
          back={back}
          words={onsite.form}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      ) : (
        <Callout tone="warn">{onsite.refused.session_over}</Callout>
      )}
    </ConsoleFrame>
  );
}

export default orMissing(EditSessionPage);
