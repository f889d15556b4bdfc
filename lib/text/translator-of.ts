import { createTranslator, type Messages, type NamespaceKeys, type NestedKeyOf } from "next-intl";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "./messages.ts";

export type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>;
export type Translator<Place extends Namespace> = ReturnType<typeof createTranslator<Messages, Place>>;

const kept = new Map<string, unknown>();

/**
 * Words of one place in one language, with figures and names put in. Kept for as long as the process lives, with every
 * sentence it has read: reading one costs more than all else that is done with it.
 */
export function translatorOf<const Place extends Namespace = never>(
  language: Language,
  namespace?: Place,
): Translator<Place> {
  const key = `${language} ${namespace}`;
  const made =
    kept.get(key) ??
    createTranslator({
      locale: language,
      messages: messages[language],
      timeZone: "Asia/Kuala_Lumpur",
      ...(namespace !== undefined && { namespace }),
    });
  kept.set(key, made);
  return made as Translator<Place>;
}
