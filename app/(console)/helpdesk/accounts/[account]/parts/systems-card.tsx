import type { AccountFacts } from "#lib/helpdesk/account/account-facts.ts";
import { mayDo } from "#lib/helpdesk/account/possible-actions.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { saidAt, type Words } from "../../../said.ts";
import { systemsPath } from "../paths.ts";

/** What somebody may do in other systems, by system; the page that changes it. */
export async function SystemsCard({ facts, officer, ...words }: Words & { facts: AccountFacts; officer: Officer }) {
  const t = await getTranslations("systemRoles.card");
  const systems = Map.groupBy(facts.systemRoles, ({ system }) => system);
  const named = ({ nameMs, nameEn, fromAt }: AccountFacts["systemRoles"][number]) => {
    const role = words.language === "ms" ? nameMs : nameEn;
    return fromAt > words.now ? t("from", { role, at: saidAt(fromAt, words) }) : role;
  };
  return (
    <section className="card" aria-labelledby="systems">
      <h2 className="h3" id="systems">
        {t("heading")}
      </h2>
      {systems.size === 0 ? (
        <p className="muted">{t("none")}</p>
      ) : (
        <dl className="facts">
          {[...systems].map(([system, roles]) => (
            <div key={system}>
              <dt>{system}</dt>
              <dd>{roles.map(named).join(", ")}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="below">
        <a href={systemsPath(facts.id)}>{t(mayDo(officer, "system.assign", facts) ? "edit" : "see")}</a>
      </p>
    </section>
  );
}
