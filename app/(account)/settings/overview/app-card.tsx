import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { formatDay, formatNear } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { Seen } from "./seen.ts";

export async function AppCard({ survey: { totp }, now, language }: Seen) {
  const t = await getTranslations("settings.overview");
  return (
    <section className="card" aria-labelledby="app">
      <div className="card-head">
        <h2 className="h3" id="app">
          {t("app")}
        </h2>
        {totp ? (
          <Badge tone="ok" icon="check">
            {t("active")}
          </Badge>
        ) : (
          <Badge>{t("unset")}</Badge>
        )}
      </div>
      {totp ? (
        <>
          <p>{t("added", { at: formatDay(totp.setAt, language) })}</p>
          <p className="muted">
            {totp.lastUsedAt ? t("lastUsed", { at: formatNear(totp.lastUsedAt, now, language) }) : t("neverUsed")}
          </p>
        </>
      ) : (
        <p>{t("noApp")}</p>
      )}
      <LinkButton variant="second" small href="/settings/authenticator-app">
        {t(totp ? "manage" : "setUp")}
        <span className="sr">: {t("app")}</span>
      </LinkButton>
    </section>
  );
}
