import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { formatDay, formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { beginApp } from "./actions.ts";

type Present = { totp: { setAt: Date; lastUsedAt: Date | null } | null; now: Date };

/** The app in use, or what one is good for. */
export async function PresentApp({ totp, now }: Present) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("authenticatorApp")]);
  if (!totp) {
    return (
      <section className="card">
        <div className="empty">
          <Chip icon="otp-app" tone="plain" />
          <h2 className="h4">{t("empty")}</h2>
          <p>{t("emptyText")}</p>
          <form action={beginApp}>
            <Submit busy={t("beginning")}>{t("begin")}</Submit>
          </form>
        </div>
        <h3 className="h4 apps">{t("apps")}</h3>
        <p className="muted">{t("appsText")}</p>
        <GuideLink to="authenticator-app" />
      </section>
    );
  }
  return (
    <section className="card" aria-labelledby="app">
      <div className="card-head">
        <h2 className="h3" id="app">
          {t("yours")}
        </h2>
        <Badge tone="ok" icon="check">
          {t("active")}
        </Badge>
      </div>
      <p>{t("added", { at: formatDay(totp.setAt, language) })}</p>
      <p className="muted">
        {totp.lastUsedAt ? t("lastUsed", { at: formatNear(totp.lastUsedAt, now, language) }) : t("neverUsed")}
      </p>
      <p className="replace">{t("replaceText")}</p>
      <div className="actions">
        <form action={beginApp}>
          <Submit variant="second" small icon="again" busy={t("replacing")}>
            {t("replace")}
          </Submit>
        </form>
        <LinkButton variant="danger" small icon="trash" href="/settings/authenticator-app/remove">
          {t("remove")}
          <span className="sr">{t("removeMore")}</span>
        </LinkButton>
      </div>
    </section>
  );
}
