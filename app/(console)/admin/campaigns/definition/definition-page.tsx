import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { Done } from "#app/(account)/settings/done.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { changeable } from "#lib/campaign/definition/campaign-state.ts";
import type { CampaignDefinition } from "#lib/campaign/definition/find-campaign.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../console-frame.tsx";
import { doneOf } from "../../../done-of.ts";
import { CampaignNav } from "../campaign-nav.tsx";
import { CAMPAIGNS_PATH, campaignPath } from "../paths.ts";
import { CampaignStateBadge } from "../state-badge.tsx";
import { type DefinitionPart, definitionParts, partPath } from "./definition-parts.ts";

type DefinitionPageProps = {
  campaign: CampaignDefinition;
  part: DefinitionPart;
  heading: string;
  lead: string;
  mayChange: boolean;
  /** What `?done=` and `?refused=` say. */
  asked: Record<string, unknown>;
  /** Below the part, of which it is one. */
  above?: { href: string; name: string };
  children: ReactNode;
};

/** A page of a campaign's definition: the way between its parts, what was just done, and what may still be changed. */
export async function DefinitionPage({
  campaign,
  part,
  heading,
  lead,
  mayChange,
  asked,
  above,
  children,
}: DefinitionPageProps) {
  const [language, t, list, overview] = await Promise.all([
    getLocale(),
    getTranslations("campaigns"),
    getTranslations("campaignBoard.list"),
    getTranslations("administration.overview"),
  ]);
  const name = language === "ms" ? campaign.nameMs : campaign.nameEn;
  const done = doneOf(messages[language].campaigns.done, asked.done);
  const refused = doneOf(messages[language].campaigns.refusals, asked.refused);
  const may = changeable(campaign.state);
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: CAMPAIGNS_PATH, name: list("title") },
        { href: campaignPath(campaign.id), name },
        ...(above ? [above] : []),
      ]}
      heading={heading}
      lead={lead}
      beside={<CampaignStateBadge state={campaign.state} />}
    >
      {done && <Done words={done} />}
      <CampaignNav campaignId={campaign.id} here="edit" />
      <div className="definition">
        <nav className="definition-nav" aria-label={t("nav.label")}>
          <ol>
            {definitionParts.map((each) => (
              <li key={each}>
                <a href={partPath(campaign.id, each)} aria-current={each === part ? "page" : undefined}>
                  {t(`nav.${each}`)}
                </a>
              </li>
            ))}
          </ol>
        </nav>
        <div className="admin-body">
          {refused && (
            <div role="alert">
              <Callout tone="warn">{refused}</Callout>
            </div>
          )}
          {!mayChange && <Callout icon="eye">{overview("readOnly")}</Callout>}
          {may === "over" && <Callout icon="lock">{t("page.over")}</Callout>}
          {may === "told" && mayChange && part === "phases" && !above && <Callout>{t("page.told")}</Callout>}
          {children}
        </div>
      </div>
    </ConsoleFrame>
  );
}
