import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PageHead } from "../../page-head.tsx";
import { SettingsFrame } from "../../settings-frame.tsx";
import { OWN_TOKENS } from "../paths.ts";

/** A token that is somebody else's, or none. */
export default async function NoSuchToken() {
  const t = await getTranslations("hardwareTokens.lost");
  return (
    <SettingsFrame here="hardware-tokens">
      <PageHead heading={t("noSuch")} lead={t("noSuchText")} />
      <LinkButton href={OWN_TOKENS}>{t("backToList")}</LinkButton>
    </SettingsFrame>
  );
}
