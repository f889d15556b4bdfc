import type { Metadata } from "next";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Statement } from "../statement.tsx";

const sections = ["can", "aim", "limits", "tell"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("info.accessibility");
  return { title: t("title") };
}

export default async function AccessibilityPage() {
  const t = await getTranslations("info.accessibility");
  const { agency } = config();
  const facts = { phone: agency.helpdeskPhone, email: agency.helpdeskEmail };
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
