import { getLocale } from "next-intl/server";
import { type Namespace, type Translator, translatorOf } from "./translator-of.ts";

/** Words of one place in the reader's language: next-intl's of the same name, which reads each sentence anew for each request. */
export const getTranslations = async <const Place extends Namespace = never>(
  namespace?: Place,
): Promise<Translator<Place>> => translatorOf(await getLocale(), namespace);
