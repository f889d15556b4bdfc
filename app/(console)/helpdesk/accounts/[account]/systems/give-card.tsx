import { SelectField } from "#components/form/select-field.tsx";
import { Button } from "#components/ui/button.tsx";
import type { AssignableSystem } from "#lib/helpdesk/systems/list-assignable.ts";
import { dayOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { systemsPath } from "../paths.ts";
import { GrantForm } from "./grant-form.tsx";

type GiveCardProps = {
  account: string;
  systems: readonly AssignableSystem[];
  chosen: AssignableSystem | undefined;
  /** Roles that are held already, or to come. */
  held: ReadonlySet<string>;
  now: Date;
  language: Language;
  typed: Record<string, string> | null;
};

/** First a system, by a page of its own, so that it works without script; then the roles in it. */
export async function GiveCard({ account, systems, chosen, held, now, language, typed }: GiveCardProps) {
  const t = await getTranslations("systemRoles");
  if (!chosen)
    return (
      <section className="card" id="give" aria-labelledby="give-heading">
        <h2 id="give-heading">{t("choose.heading")}</h2>
        {systems.length === 0 ? (
          <p>{t("choose.none")}</p>
        ) : (
          <form className="filters" action={`${systemsPath(account)}#give`}>
            <SelectField
              name="system"
              label={t("choose.system")}
              placeholder={t("choose.placeholder")}
              options={systems.map(({ id, name }) => ({ value: id, label: name }))}
              required
            />
            <div>
              <Button variant="second">{t("choose.submit")}</Button>
            </div>
          </form>
        )}
      </section>
    );
  const { systemRoles, console: desk, form } = messages[language];
  const open = chosen.roles.filter(({ id }) => !held.has(id));
  return (
    <section className="card" id="give" aria-labelledby="give-heading">
      <h2 id="give-heading">{t("give.heading", { system: chosen.name })}</h2>
      <p className="mb-5">
        {t("give.text")} {chosen.openToAll && t("give.openToAll")}
      </p>
      {open.length === 0 ? (
        <p>{t("give.allHeld")}</p>
      ) : (
        <GrantForm
          account={account}
          system={chosen.id}
          today={dayOf(now)}
          words={systemRoles.give}
          buttons={systemRoles.give}
          reason={desk.reason}
          roles={open.map((role) => ({ value: role.id, label: language === "ms" ? role.nameMs : role.nameEn }))}
          typed={typed ?? {}}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      )}
      {systems.length > 1 && (
        <p className="below">
          <a href={`${systemsPath(account)}#give`}>{t("give.other")}</a>
        </p>
      )}
    </section>
  );
}
