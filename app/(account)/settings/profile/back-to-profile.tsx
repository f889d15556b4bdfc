import { getTranslations } from "next-intl/server";

export async function BackToProfile() {
  const t = await getTranslations("profile");
  return (
    <p className="mt-6">
      <a href="/settings/profile">{t("back")}</a>
    </p>
  );
}
