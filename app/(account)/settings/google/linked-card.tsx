import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MailAddress } from "#components/ui/mail-address.tsx";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import type { GoogleLink } from "#lib/authenticators/google/find-google-link.ts";
import { withoutGoogle } from "#lib/authenticators/google/unlink-google.ts";
import type { Language, Policy } from "#lib/kernel/context.ts";
import { formatDate, formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { WaysLeft } from "../ways-left/list.tsx";
import { unlink } from "./actions.ts";

type LinkedCardProps = {
  link: GoogleLink;
  enrolled: Enrolled;
  policy: Pick<Policy, "twoFactors">;
  language: Language;
};

export async function LinkedCard({ link, enrolled, policy, language }: LinkedCardProps) {
  const t = await getTranslations("google.settings");
  return (
    <>
      <section className="card" aria-labelledby="linked">
        <h2 className="h3" id="linked">
          {t("linked")}
        </h2>
        <ul>
          <li className="item">
            <span className="chip plain">
              <Icon name="google" />
            </span>
            <div>
              <p className="what">
                <MailAddress address={link.email} />
                <Badge tone="ok" icon="check">
                  {t("active")}
                </Badge>
              </p>
              <p className="meta">
                <span>{t("since", { at: formatDay(link.linkedAt, language) })}</span>
                <span>
                  {link.lastUsedAt ? t("lastUsed", { at: formatDate(link.lastUsedAt, language) }) : t("neverUsed")}
                </span>
              </p>
            </div>
          </li>
        </ul>
        <p className="muted mt-4">{t("oneFactor")}</p>
      </section>
      <section className="card" aria-labelledby="unlink">
        <h2 className="h3" id="unlink">
          {t("unlinkHeading")}
        </h2>
        <p>{t("unlinkText")}</p>
        <WaysLeft left={withoutGoogle(enrolled)} policy={policy} />
        <form action={unlink} className="actions">
          <Submit variant="danger" busy={t("unlinking")}>
            {t("unlink")}
          </Submit>
        </form>
      </section>
    </>
  );
}
