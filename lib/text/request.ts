import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { languageOf } from "./languages.ts";
import { messages } from "./messages.ts";

/** The reader's language: chosen once with the switch, kept in a cookie; what a system asked for, or Bahasa Malaysia, until then. */
export default getRequestConfig(async () => {
  const kept = await cookies();
  const locale = languageOf((name) => kept.get(name)?.value);
  return { locale, messages: messages[locale], timeZone: "Asia/Kuala_Lumpur" };
});
