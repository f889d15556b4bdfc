import { Submit } from "#components/form/submit.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { putOff } from "./put-off.ts";

/** Gold, since it is theirs to do; nothing happens if they do not. */
export async function SecondFactorBanner() {
  const t = await getTranslations("offer");
  return (
    <section className="banner" aria-labelledby="offer">
      <div className="wajik" />
      <h2 id="offer">{t("heading")}</h2>
      <p className="muted">{t("text")}</p>
      <ul className="plus">
        {(["nothingToType", "noFalseSite", "stays"] as const).map((good) => (
          <li key={good}>
            <Icon name="tick-circle" />
            <span>{t(good)}</span>
          </li>
        ))}
      </ul>
      <div className="actions">
        <LinkButton icon="fingerprint" href="/settings/passkeys">
          {t("setUp")}
        </LinkButton>
        <form action={putOff}>
          <Submit variant="quiet" busy={t("puttingOff")}>
            {t("notNow")}
          </Submit>
        </form>
      </div>
      <p className="muted">{t.rich("orApp", { a: (words) => <a href="/settings/authenticator-app">{words}</a> })}</p>
    </section>
  );
}
