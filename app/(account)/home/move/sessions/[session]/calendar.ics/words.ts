import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import { translatorOf } from "#lib/text/translator-of.ts";

export const calendarWords = (language: Language) => ({
  t: translatorOf(language, "onsite.calendar"),
  bring: messages[language].onsite.bring.items,
});
