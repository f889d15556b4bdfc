import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ProfileRow } from "./profile-row.tsx";
import type { Seen } from "./seen.ts";
import { countryOf } from "./wanted-words.ts";

/** Who they are, as their document has it: others confirm a change. */
export async function PersonCard({ profile, language }: Seen) {
  const t = await getTranslations("profile");
  const { fullName, identity, waiting } = profile;
  const [name, number] = [waiting.find(({ kind }) => kind === "name"), waiting.find(({ kind }) => kind === "identity")];
  const country = countryOf(identity, language);
  return (
    <section className="card" aria-labelledby="person">
      <h2 className="h3" id="person">
        {t("person")}
      </h2>
      <ul>
        <ProfileRow
          icon="user"
          name={t("name")}
          value={fullName}
          link={{ href: "/settings/profile/name", words: t(name ? "see" : "correct") }}
          waiting={name}
          language={language}
        />
        <ProfileRow
          icon="id"
          name={t(identity.type)}
          value={<span className="num">{maskIdentity(identity)}</span>}
          note={country && t("passportOf", { country })}
          link={{ href: "/settings/profile/identity", words: t(number ? "see" : "correct") }}
          waiting={number}
          language={language}
        />
      </ul>
    </section>
  );
}
