import { Badge } from "#components/ui/badge.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ProfileRow } from "./profile-row.tsx";
import type { Seen } from "./seen.ts";

/** Where they work, and as what. */
export async function WorkCard({ profile, language }: Seen) {
  const t = await getTranslations("profile");
  const { office, staffConfirmedAt, roles, waiting } = profile;
  const transfer = waiting.find(({ kind }) => kind === "office");
  const names = roles.map((role) => (language === "ms" ? role.nameMs : role.nameEn));
  return (
    <section className="card" aria-labelledby="work">
      <h2 className="h3" id="work">
        {t("work")}
      </h2>
      <ul>
        <ProfileRow
          icon="office"
          name={t("office")}
          badge={
            <Badge tone={staffConfirmedAt ? "ok" : "warn"} icon={staffConfirmedAt ? "check" : "clock"}>
              {t(staffConfirmedAt ? "confirmed" : "awaiting")}
            </Badge>
          }
          value={`${office.code} ${office.name}`}
          note={office.address?.replaceAll("\n", ", ") ?? t("noAddress")}
          link={{ href: "/settings/profile/office", words: t(transfer ? "see" : "transfer") }}
          waiting={transfer}
          language={language}
        />
        <ProfileRow
          icon="list"
          name={t("roles")}
          value={names.length > 0 ? new Intl.ListFormat(language).format(names) : t("none")}
          note={t("rolesText")}
          link={{ href: "/settings/profile/roles", words: t(names.length > 0 ? "change" : "choose") }}
          language={language}
        />
      </ul>
    </section>
  );
}
