import type { Metadata } from "next";
import { LINK_LIFETIME } from "#lib/account/activation/activation-link.ts";
import { hours, minutes } from "#lib/kernel/time.ts";
import { config } from "#lib/server/config.ts";
import { SESSION_IDLE, SESSION_LIFETIME } from "#lib/session/session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Statement } from "../statement.tsx";

const sections = ["never", "address", "tries", "sessions", "you", "report"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("info.security");
  return { title: t("title") };
}

export default async function SecurityPage() {
  const t = await getTranslations("info.security");
  const { agency, origin } = config();
  const facts = {
    host: new URL(origin).host,
    email: agency.helpdeskEmail,
    minutes: LINK_LIFETIME / minutes(1),
    idle: SESSION_IDLE / minutes(1),
    hours: SESSION_LIFETIME / hours(1),
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
