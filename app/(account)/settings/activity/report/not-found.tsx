import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SettingsFrame } from "../../settings-frame.tsx";
import { ACTIVITY_PATH } from "../paths.ts";

/** An event of somebody else, or of nobody: the same answer. */
export default async function NoSuchEvent() {
  const t = await getTranslations("activity.reporting");
  return (
    <SettingsFrame here="activity">
      <section className="card">
        <h1>{t("noSuch")}</h1>
        <p>{t("noSuchText")}</p>
        <div className="actions">
          <LinkButton href={ACTIVITY_PATH}>{t("backToList")}</LinkButton>
        </div>
      </section>
    </SettingsFrame>
  );
}
