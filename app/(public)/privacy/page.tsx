import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { days } from "#lib/kernel/time.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { Statement } from "../statement.tsx";

const sections = ["kept", "trail", "use", "mail", "cookies", "rights"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("info.privacy");
  return { title: t("title") };
}

export default async function PrivacyPage() {
  const t = await getTranslations("info.privacy");
  const { agency } = config();
  const facts = {
    agency: (await getLocale()) === "ms" ? agency.nameMs : agency.nameEn,
    phone: agency.helpdeskPhone,
    email: agency.helpdeskEmail,
    days: limits.registrationLapsesAfter / days(1),
  };
  return (
    <Statement
      title={t("title")}
      lead={t("lead")}
      sections={sections.map((name) => ({
        title: t(`sections.${name}.title`),
        text: t(`sections.${name}.text`, facts),
      }))}
    />
  );
}
