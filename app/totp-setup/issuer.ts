import { getLocale } from "next-intl/server";
import { config } from "#lib/server/config.ts";
import { messages } from "#lib/text/messages.ts";

/** What the app calls this portal: "Kunci Jabatan Perkhidmatan Contoh". */
export async function issuerName(): Promise<string> {
  const language = await getLocale();
  const { agency } = config();
  return `${messages[language].common.product} ${language === "ms" ? agency.nameMs : agency.nameEn}`;
}
