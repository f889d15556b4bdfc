import { answerWith } from "#lib/server/answer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The answer of an action to an address with too many failed tries: 429, when to come back, and the words for it. */
export async function tooManyTries(retryAfterSeconds = 60): Promise<string> {
  answerWith(429, { "retry-after": String(retryAfterSeconds) });
  return (await getTranslations("signIn"))("tooMany", { seconds: retryAfterSeconds });
}
