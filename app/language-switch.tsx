import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { chooseLanguage } from "./language.ts";

/** BM and EN on every page, two buttons of one form, so that it needs no script. */
export async function LanguageSwitch() {
  const [t, chosen, asked] = [await getTranslations("common"), await getLocale(), await headers()];
  return (
    <form className="lang" action={chooseLanguage} aria-label={t("language")}>
      <input type="hidden" name="returnTo" value={asked.get("x-kunci-path") ?? ""} />
      <button type="submit" name="language" value="ms" lang="ms" aria-current={chosen === "ms" ? "true" : undefined}>
        <span className="sr">Bahasa Malaysia</span>
        <span aria-hidden>BM</span>
      </button>
      <button type="submit" name="language" value="en" lang="en" aria-current={chosen === "en" ? "true" : undefined}>
        <span className="sr">English</span>
        <span aria-hidden>EN</span>
      </button>
    </form>
  );
}
