import { getLocale } from "next-intl/server";
import type { Changed } from "#lib/administration/settings/settings.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Who changed a page of settings last, and when. */
export async function LastChanged({ changed }: { changed: Changed | undefined }) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("administration")]);
  if (!changed || changed.at === null) return <p className="muted">{t("overview.never")}</p>;
  const by = changed.by ?? t("conflict.somebody");
  return <p className="muted">{t("overview.changed", { at: formatDate(changed.at, language), by })}</p>;
}
