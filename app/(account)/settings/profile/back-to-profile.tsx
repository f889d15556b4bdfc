import { getTranslations } from "#lib/text/get-translations.ts";

export async function BackToProfile() {
  const t = await getTranslations("profile");
  return (
    <p className="mt-6">
      <a href="/settings/profile">{t("back")}</a>
    </p>
  );
}
