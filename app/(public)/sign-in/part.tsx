import { getTranslations } from "#lib/text/get-translations.ts";

/** "Langkah 2 daripada 2", above the heading, once a first proof was right. */
export async function Part({ isSecond }: { isSecond: boolean }) {
  return isSecond ? <p className="muted">{(await getTranslations("signIn"))("secondStep")}</p> : null;
}
