import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SettingsFrame } from "../../settings-frame.tsx";
import { listPath } from "../paths.ts";

/** A device that was removed meanwhile, or was never this person's. */
export default async function NoSuchPasskey() {
  const t = await getTranslations("passkeys");
  return (
    <SettingsFrame here="passkeys">
      <section className="card">
        <h1>{t("noSuch")}</h1>
        <p>{t("noSuchText")}</p>
        <div className="actions">
          <LinkButton href={listPath}>{t("removing.back")}</LinkButton>
        </div>
      </section>
    </SettingsFrame>
  );
}
