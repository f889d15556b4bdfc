import type { Barred, OfferedAction } from "#lib/helpdesk/account/possible-actions.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { actionPath } from "../paths.ts";

type ActionsProps = { accountId: string; actions: readonly OfferedAction[]; barred: Barred };

/** Everything this officer may do to this account, in the state it is in. */
export async function Actions({ accountId, actions, barred }: ActionsProps) {
  const t = await getTranslations("diagnosis");
  if (actions.length === 0 && barred === null) return null;
  return (
    <section className="card" aria-labelledby="actions">
      <h2 className="h3" id="actions">
        {t("actions.heading")}
      </h2>
      {actions.length > 0 && (
        <ul className="action-list">
          {actions.map((action) => (
            <li key={action}>
              <a href={actionPath(accountId, action)}>{t(`actions.${action}`)}</a>
            </li>
          ))}
        </ul>
      )}
      <p className="muted">{barred === null ? t("actions.note") : t(barred === "own" ? "ownAccount" : "mayNot")}</p>
    </section>
  );
}
