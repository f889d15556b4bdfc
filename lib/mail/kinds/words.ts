import { createTranslator } from "next-intl";
import type { Frame } from "#emails/layout.tsx";
import type { Call } from "#emails/parts.tsx";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import type { Agency } from "../agency.ts";

export const translator = (language: Language) =>
  createTranslator({ locale: language, messages: messages[language], namespace: "mail" });

/** What every letter has around it. */
export function frameOf(language: Language, agency: Agency): Frame {
  const t = translator(language);
  return {
    language,
    product: messages[language].common.product,
    agency: agency.name[language],
    never: t("never"),
    address: agency.address,
  };
}

/** "Chrome pada Windows", as a request names its browser, in the letter's language. */
export const deviceIn = (language: Language, device: string): string =>
  language === "en" ? device.replace(" pada ", " on ") : device;

/** The sentence that leads to the helpdesk's number, where the agency has given one. */
export const callHelpdesk = (words: string, agency: Agency): Call =>
  agency.helpdeskPhone ? { words, phone: agency.helpdeskPhone } : null;
