import type { ReactNode } from "react";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { PhoneLink } from "../ui/phone-link.tsx";
import { GuideLink } from "./guide-link.tsx";

/** Beside the panel, underneath it on a phone. */
export async function Rail({ children }: { children: ReactNode }) {
  const t = await getTranslations("common");
  return (
    <aside className="rail" aria-label={t("railLabel")}>
      {children}
    </aside>
  );
}

type ReadyListProps = { title: string; items: readonly { icon: IconName; text: ReactNode }[] };

export function ReadyList({ title, items }: ReadyListProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul className="ready">
        {items.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words of the page, never reordered
          <li key={place}>
            <Icon name={item.icon} />
            <span>{item.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type HelpdeskCardProps = { phone: string; guide?: boolean };

/** The door in every wall; in those of registration and activation, where its guide is too. */
export async function HelpdeskCard({ phone, guide = true }: HelpdeskCardProps) {
  const t = await getTranslations("common");
  return (
    <section className="help">
      <h2>{t("needHelp")}</h2>
      <p>{t("needHelpText")}</p>
      <PhoneLink phone={phone} />
      <p>
        {t("helpdeskDays")}
        <br />
        {t("helpdeskHours")}
      </p>
      {guide && <GuideLink to="activation" />}
    </section>
  );
}
