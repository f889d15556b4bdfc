import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Table } from "#components/ui/table.tsx";
import type { ReadRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { rolePath } from "../paths.ts";

/** What may be done in the system: officers give these to people, the system is told their keys. */
export async function RolesCard({ party, mayChange }: { party: ReadRelyingParty; mayChange: boolean }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("relyingParties.roles")]);
  return (
    <section className="card" aria-labelledby="roles">
      <h2 className="h3" id="roles">
        {t("heading")}
      </h2>
      <p>{t("text")}</p>
      {party.roles.length === 0 ? (
        <Callout tone={party.openToAll ? "info" : "warn"}>{t(party.openToAll ? "noneOpen" : "none")}</Callout>
      ) : (
        <Table
          heads={[t("role"), t("key"), t("state")]}
          rows={party.roles.map(({ id, key, nameMs, nameEn, retiredAt }) => {
            const name = language === "ms" ? nameMs : nameEn;
            return {
              key: id,
              cells: [
                mayChange ? (
                  <a key="role" href={rolePath(party.id, id)}>
                    {name}
                  </a>
                ) : (
                  name
                ),
                <code key="key">{key}</code>,
                <Badge key="state" {...(retiredAt ? { icon: "cross" } : { tone: "ok", icon: "check" })}>
                  {t(retiredAt ? "retired" : "offered")}
                </Badge>,
              ],
            };
          })}
        />
      )}
      {mayChange && (
        <p className="actions">
          <LinkButton variant="second" icon="plus" href={rolePath(party.id, "")}>
            {t("add")}
          </LinkButton>
        </p>
      )}
    </section>
  );
}
