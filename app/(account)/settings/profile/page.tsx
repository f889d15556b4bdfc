import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { findProfile, type Profile } from "#lib/account/profile/find-profile.ts";
import type { CorrectionKind } from "#lib/account/profile/list-corrections.ts";
import { showMobile } from "#lib/kernel/mobile-number.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CompletenessCard } from "../../completeness.tsx";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { ContactCard } from "./contact-card.tsx";
import { PastCorrections } from "./past-corrections.tsx";
import { PersonCard } from "./person-card.tsx";
import { WorkCard } from "./work-card.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("profile") };
}

export default async function ProfilePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, { done }] = await Promise.all([
    requireSession("/settings/profile"),
    getLocale(),
    getTranslations("profile"),
    searchParams,
  ]);
  const profile = await findProfile(ctx, session.accountId);
  const said = await doneWords(profile, done);
  const seen = { profile, language };
  return (
    <SettingsFrame here="profile">
      {said && <Done words={said} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        <CompletenessCard completeness={profile.completeness} />
        <PersonCard {...seen} />
        <ContactCard {...seen} />
        <WorkCard {...seen} />
        <PastCorrections corrections={profile.decided} language={language} />
      </div>
    </SettingsFrame>
  );
}

const kinds: readonly CorrectionKind[] = ["name", "office", "identity"];

/** What has just been done, as the profile now stands: an old address in the history claims nothing. */
async function doneWords({ mobile, waiting }: Profile, done: unknown): Promise<string | null> {
  const t = await getTranslations("profile.done");
  if (done === "roles" || done === "withdrawn") return t(done);
  if (done === "mobile") return mobile ? t("mobile", { mobile: showMobile(mobile) }) : t("mobileRemoved");
  const filed = waiting.find(({ kind }) => kind === kinds.find((each) => each === done));
  return filed ? t("filed", { reference: filed.reference }) : null;
}
