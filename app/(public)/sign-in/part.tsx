import { getTranslations } from "next-intl/server";

/** "Langkah 2 daripada 2", above the heading, once a first proof was right. */
export async function Part({ isSecond }: { isSecond: boolean }) {
  return isSecond ? <p className="muted">{(await getTranslations("signIn"))("secondStep")}</p> : null;
}
