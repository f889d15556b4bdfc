import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { surveySecurity } from "#lib/authenticators/survey-security.ts";
import { requireSession } from "#lib/server/current-session.ts";
import { SecurityHealth } from "../security-health.tsx";
import { AppCard } from "./overview/app-card.tsx";
import { CodesCard } from "./overview/codes-card.tsx";
import { OtherWaysCard } from "./overview/other-ways-card.tsx";
import { PasskeysCard } from "./overview/passkeys-card.tsx";
import { SessionsCard } from "./overview/sessions-card.tsx";
import { SettingsFrame } from "./settings-frame.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("overview") };
}

export default async function SettingsPage() {
  const [{ ctx, session }, language, t] = await Promise.all([
    requireSession("/settings"),
    getLocale(),
    getTranslations("settings.overview"),
  ]);
  const survey = await surveySecurity(ctx, { accountId: session.accountId, sessionId: session.id });
  const seen = { survey, now: ctx.now(), language };
  return (
    <SettingsFrame here="overview">
      <div className="page-head">
        <div>
          <h1>{t("heading")}</h1>
          <p className="sub">{t("lead")}</p>
        </div>
      </div>
      <div className="cards">
        <SecurityHealth enrolled={survey.enrolled} phraseSet={survey.phraseSet} />
        <PasskeysCard {...seen} />
        <div className="halves">
          <AppCard {...seen} />
          <CodesCard {...seen} />
        </div>
        <OtherWaysCard {...seen} />
        <SessionsCard {...seen} />
      </div>
    </SettingsFrame>
  );
}
