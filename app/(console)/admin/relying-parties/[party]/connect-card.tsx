import { getLocale } from "next-intl/server";
import type { ReadRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { config } from "#lib/server/config.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** What the makers of the system configure it with; all but its secret. */
export async function ConnectCard({ party }: { party: ReadRelyingParty }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("relyingParties.page")]);
  const issuer = `${config().origin}/oidc`;
  return (
    <section className="card" aria-labelledby="connect">
      <h2 className="h3" id="connect">
        {t("connect")}
      </h2>
      <dl className="facts party-facts">
        <div>
          <dt>{t("clientId")}</dt>
          <dd>
            <code>{party.clientId}</code>
          </dd>
        </div>
        <div>
          <dt>{t("issuer")}</dt>
          <dd>
            <code>{issuer}</code>
          </dd>
        </div>
        <div>
          <dt>{t("discovery")}</dt>
          <dd>
            <code>{`${issuer}/.well-known/openid-configuration`}</code>
          </dd>
        </div>
        <div>
          <dt>{t("registeredAt")}</dt>
          <dd>{formatDate(party.createdAt, language)}</dd>
        </div>
      </dl>
    </section>
  );
}
