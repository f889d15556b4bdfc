import { Badge } from "#components/ui/badge.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import { showMobile } from "#lib/kernel/mobile-number.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ProfileRow } from "./profile-row.tsx";
import type { Seen } from "./seen.ts";

/** Where they are reached. */
export async function ContactCard({ profile, language }: Seen) {
  const t = await getTranslations("profile");
  const { officialEmail, officialEmailVerifiedAt, personalEmail, personalEmailVerifiedAt, mobile } = profile;
  return (
    <section className="card" aria-labelledby="contact">
      <h2 className="h3" id="contact">
        {t("contact")}
      </h2>
      <ul>
        <ProfileRow
          icon="mail"
          name={t("officialEmail")}
          badge={<Verified is={officialEmailVerifiedAt !== null} />}
          value={<MailAddress address={officialEmail} />}
          note={t("officialEmailText")}
          link={{ href: "/settings/profile/email/official", words: t("change") }}
          language={language}
        />
        <ProfileRow
          icon="mail"
          name={t("personalEmail")}
          badge={personalEmail && <Verified is={personalEmailVerifiedAt !== null} />}
          value={personalEmail ? <MailAddress address={personalEmail} /> : t("none")}
          note={t("personalEmailText")}
          link={{ href: "/settings/profile/email/personal", words: t(personalEmail ? "change" : "add") }}
          language={language}
        />
        <ProfileRow
          icon="mobile"
          name={t("mobile")}
          value={mobile ? <span className="num">{showMobile(mobile)}</span> : t("none")}
          note={t("mobileText")}
          link={{ href: "/settings/profile/mobile", words: t(mobile ? "change" : "add") }}
          language={language}
        />
      </ul>
    </section>
  );
}

async function Verified({ is }: { is: boolean }) {
  const t = await getTranslations("profile");
  return (
    <Badge tone={is ? "ok" : "warn"} icon={is ? "check" : "warn"}>
      {t(is ? "verified" : "unverified")}
    </Badge>
  );
}
