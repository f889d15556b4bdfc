import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { isLanguage, LANGUAGE_COOKIE } from "./languages.ts";
import { messages } from "./messages.ts";

/** The reader's language: chosen once with the switch, kept in a cookie; Bahasa Malaysia until then. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  const locale = isLanguage(chosen) ? chosen : "ms";
  return { locale, messages: messages[locale], timeZone: "Asia/Kuala_Lumpur" };
});
