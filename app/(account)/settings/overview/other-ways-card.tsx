import { Badge } from "#components/ui/badge.tsx";
import { config } from "#lib/server/config.ts";
import { formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { Item } from "./item.tsx";
import type { Seen } from "./seen.ts";

/** The password and what stands beside it. */
export async function OtherWaysCard({ survey, language }: Seen) {
  const t = await getTranslations("settings.overview");
  const { enrolled, passwordSetAt, phraseSet, questions, officialEmailVerified, googleLinkedAt } = survey;
  const active = (
    <Badge tone="ok" icon="check">
      {t("active")}
    </Badge>
  );
  return (
    <section className="card" aria-labelledby="others">
      <h2 className="h3" id="others">
        {t("others")}
      </h2>
      <ul>
        <Item
          icon="password"
          name={t("password")}
          badge={!enrolled.password && <Badge tone="bad">{t("disabled")}</Badge>}
          facts={[
            enrolled.password && passwordSetAt
              ? t("changed", { at: formatDay(passwordSetAt, language) })
              : t("passwordDisabled"),
          ]}
          link={{ href: "/settings/password", words: t("change") }}
        />
        <Item
          icon="quote"
          name={t("phrase")}
          facts={[t(phraseSet ? "phraseSet" : "phraseUnset")]}
          link={{ href: "/settings/security-phrase", words: t(phraseSet ? "change" : "choose") }}
        />
        <Item
          icon="list"
          name={t("questions")}
          facts={[t("questionsSet", { count: questions })]}
          link={{ href: "/settings/security-questions", words: t(questions > 0 ? "change" : "choose") }}
        />
        <Item
          icon="otp-mail"
          name={t("email")}
          badge={enrolled.emailCode ? active : <Badge>{t("off")}</Badge>}
          facts={[t(officialEmailVerified ? "emailTo" : "emailUnverified")]}
          link={{ href: "/settings/email-otp", words: t("manage") }}
        />
        {config().google && (
          <Item
            icon="login"
            name="Google"
            badge={googleLinkedAt ? active : undefined}
            facts={[googleLinkedAt ? t("linked", { at: formatDay(googleLinkedAt, language) }) : t("unlinked")]}
            link={{ href: "/settings/google", words: t(googleLinkedAt ? "manage" : "link") }}
          />
        )}
      </ul>
    </section>
  );
}
