import type { ReactNode } from "react";
import type { SessionShown } from "#lib/campaign/onsite/find-session.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../../../../console-frame.tsx";
import { sessionPath, sessionsPath } from "../../../paths.ts";

type CounterFrameProps = {
  session: SessionShown;
  language: Language;
  heading: string;
  lead?: ReactNode;
  above?: { href: string; name: string };
  children: ReactNode;
};

/** Around the pages of the counter: of which session, and the way back to it. */
export function CounterFrame({ session, language, heading, lead, above, children }: CounterFrameProps) {
  const { campaignId, id } = session;
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: sessionsPath(campaignId), name: messages[language].onsite.list.heading },
        { href: sessionPath(campaignId, id), name: session.place },
        ...(above ? [above] : []),
      ]}
      heading={heading}
      lead={lead}
    >
      {children}
    </ConsoleFrame>
  );
}
