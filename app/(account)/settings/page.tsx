import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { surveySecurity } from "#lib/authenticators/survey-security.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SecurityHealth } from "../security-health.tsx";
import { Done } from "./done.tsx";
import { AppCard } from "./overview/app-card.tsx";
import { CodesCard } from "./overview/codes-card.tsx";
import { LockCard } from "./overview/lock-card.tsx";
import { OtherWaysCard } from "./overview/other-ways-card.tsx";
import { PasskeysCard } from "./overview/passkeys-card.tsx";
import { SessionsCard } from "./overview/sessions-card.tsx";
import { PageHead } from "./page-head.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { TwoFactors, TwoFactorsDone } from "./two-factors.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("overview") };
}

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, lostFactor, { done }] = await Promise.all([
    requireSession("/settings"),
    getLocale(),
    getTranslations("settings.overview"),
    getTranslations("lostFactor.banner"),
    searchParams,
  ]);
  const survey = await surveySecurity(ctx, { accountId: session.accountId, sessionId: session.id });
  const seen = { survey, now: ctx.now(), language };
  return (
    <SettingsFrame here="overview">
      <TwoFactorsDone done={done} />
      {done === "recoveryStopped" && <Done words={lostFactor("stopped")} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        <SecurityHealth enrolled={survey.enrolled} phraseSet={survey.phraseSet} />
        <PasskeysCard {...seen} />
        <div className="halves">
          <AppCard {...seen} />
          <CodesCard {...seen} />
        </div>
        <TwoFactors here="overview" enrolled={survey.enrolled} policy={ctx.policy} />
        <OtherWaysCard {...seen} />
        <SessionsCard {...seen} />
        <LockCard />
      </div>
    </SettingsFrame>
  );
}
