import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import type { ReadRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { turnOff, turnOn } from "./actions.ts";

/** Whether anybody can sign in to the system at all. */
export async function PowerCard({ party: { id, version, disabledAt } }: { party: ReadRelyingParty }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("relyingParties.power")]);
  return (
    <section className="card" aria-labelledby="power">
      <h2 className="h3" id="power">
        {t(disabledAt ? "on" : "off")}
      </h2>
      <p>{disabledAt ? t("onText", { at: formatDate(disabledAt, language) }) : t("offText")}</p>
      <form action={disabledAt ? turnOn : turnOff} className="actions">
        <input type="hidden" name="party" value={id} />
        <input type="hidden" name="version" value={version} />
        {disabledAt ? (
          <Submit variant="second" busy={t("turningOn")}>
            {t("on")}
          </Submit>
        ) : (
          <Submit variant="danger" busy={t("turningOff")}>
            {t("off")}
          </Submit>
        )}
      </form>
    </section>
  );
}
