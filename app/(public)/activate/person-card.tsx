import { getLocale } from "next-intl/server";
import type { PersonShown } from "#lib/account/activation/activation.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Whose account it is; in sight all the way to `Selesai`. */
export async function PersonCard({ person }: { person: PersonShown }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("activate.person")]);
  const facts = [
    [t("identity"), person.maskedIdentity],
    [t("fullName"), person.fullName],
    [t("officialEmail"), person.officialEmail],
    [t("office"), person.officeName],
    [t("registeredAt"), formatDay(person.registeredAt, language)],
  ] as const;
  return (
    <section className="person">
      <h2 className="h4">{t("heading")}</h2>
      <dl className="facts">
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
