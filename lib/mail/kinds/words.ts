import type { Frame } from "#emails/layout.tsx";
import type { Call, Door } from "#emails/parts.tsx";
import type { Context, Language } from "#lib/kernel/context.ts";
import { lockToken } from "#lib/kernel/lock-token.ts";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { messages } from "#lib/text/messages.ts";
import { translatorOf } from "#lib/text/translator-of.ts";
import type { Agency } from "../agency.ts";

export const translator = (language: Language) => translatorOf(language, "mail");

/** What every letter has around it. */
export function frameOf(language: Language, agency: Agency): Frame {
  const t = translator(language);
  return {
    language,
    product: messages[language].common.product,
    agency: language === "ms" ? agency.nameMs : agency.nameEn,
    never: t("never"),
    address: agency.address.split("\n").join(", "),
  };
}

/** "Lock my account now", in every notice: the one thing that its reader can do at once, from any address of theirs. */
export const lockNow = (ctx: Pick<Context, "keys" | "origin">, words: string, letterId: string): Door => ({
  words,
  href: `${ctx.origin}/lock/${lockToken(ctx.keys, letterId)}`,
});

/** The helpdesk's number with the sentence that leads to it. */
export const callHelpdesk = (words: string, agency: Agency): Call => ({
  words,
  phone: agency.helpdeskPhone,
  href: telephoneHref(agency.helpdeskPhone),
});
