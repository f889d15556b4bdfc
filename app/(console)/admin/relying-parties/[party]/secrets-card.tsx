import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Table } from "#components/ui/table.tsx";
import type { ReadRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { usesSecret } from "#lib/relying-party/registration/registration.ts";
import type { LiveSecret } from "#lib/relying-party/registration/secrets/change-secrets.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { secretPath } from "../paths.ts";
import { endSecret } from "./actions.ts";

type SecretsCardProps = { party: ReadRelyingParty; secrets: readonly LiveSecret[]; mayChange: boolean };

/** The secrets that open something now: the current one, and those that are being replaced. */
export async function SecretsCard({ party, secrets, mayChange }: SecretsCardProps) {
  const t = await getTranslations("relyingParties.secrets");
  if (!usesSecret(party))
    return (
      <section className="card" aria-labelledby="secrets">
        <h2 className="h3" id="secrets">
          {t("heading")}
        </h2>
        <p>{t("keys")}</p>
      </section>
    );
  return (
    <section className="card" aria-labelledby="secrets">
      <h2 className="h3" id="secrets">
        {t("heading")}
      </h2>
      <p>{t("text")}</p>
      {secrets.length === 0 ? (
        <Callout tone="warn">{t("none")}</Callout>
      ) : (
        <SecretTable party={party} secrets={secrets} mayChange={mayChange} />
      )}
      {mayChange && (
        <p className="actions">
          <LinkButton variant="second" icon="again" href={secretPath(party.id)}>
            {t(secrets.length === 0 ? "first" : "rotate")}
          </LinkButton>
        </p>
      )}
    </section>
  );
}

async function SecretTable({ party, secrets, mayChange }: SecretsCardProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("relyingParties.secrets")]);
  return (
    <Table
      heads={[t("made"), t("until"), t("state")]}
      rows={secrets.map(({ id, createdAt, expiresAt }) => ({
        key: id,
        cells: [
          formatDate(createdAt, language),
          expiresAt ? formatDate(expiresAt, language) : t("untilReplaced"),
          expiresAt === null ? (
            <Badge key="state" tone="ok" icon="check">
              {t("current")}
            </Badge>
          ) : (
            <span key="state" className="party-ending">
              <Badge icon="clock">{t("ending")}</Badge>
              {mayChange && (
                <form action={endSecret}>
                  <input type="hidden" name="party" value={party.id} />
                  <input type="hidden" name="secret" value={id} />
                  <input type="hidden" name="version" value={party.version} />
                  <Submit variant="danger" small busy={t("endingNow")}>
                    {t("end")}
                  </Submit>
                </form>
              )}
            </span>
          ),
        ],
      }))}
    />
  );
}
