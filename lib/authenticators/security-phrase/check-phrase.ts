import { lengthOf, type TextRefusal, unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { verifySecret } from "../hashing.ts";
import { checkPassword } from "../password/rules.ts";
import { holdsPersonal, type Person } from "../personal.ts";
import { predictableShare } from "../predictable.ts";
import { isRepeatedAnswer } from "../security-questions/check-answer.ts";

const phraseRefusals = [
  "phrase_too_short",
  "phrase_too_long",
  "phrase_simple",
  "phrase_personal",
  "phrase_like_password",
  "phrase_is_secret",
] as const;
export type PhraseRefusal = (typeof phraseRefusals)[number];

/** In code points after NFC, runs of spaces counted once. */
export const PHRASE_MIN = 4;
export const PHRASE_MAX = 80;

/**
 * Whether a phrase may be shown to its owner before they sign in; its value is the spelling that is kept. It is no
 * secret, and stands on a screen others may see: so nothing that tells who its owner is, and nothing that reads like a
 * password. Nor what anybody would put on a copied page: `aaaa`, `1234`.
 */
export function checkPhrase(phrase: string, person: Person): Result<string, PhraseRefusal | TextRefusal> {
  const unfit = unfitText(phrase);
  if (unfit) return refuse(unfit);
  const kept = phrase.normalize("NFC").replace(/\s+/gu, " ").trim();
  const length = lengthOf(kept);
  if (length < PHRASE_MIN) return refuse("phrase_too_short");
  if (length > PHRASE_MAX) return refuse("phrase_too_long");
  if (isSimple(kept)) return refuse("phrase_simple");
  if (holdsPersonal(kept, person)) return refuse("phrase_personal");
  return looksLikePassword(kept, person) ? refuse("phrase_like_password") : ok(kept);
}

const isSimple = (phrase: string): boolean => {
  const signs = phrase.toLowerCase().replace(/[\s\p{P}]/gu, "");
  return new Set(signs).size < 3 || predictableShare(signs) === 1;
};

/**
 * One word with all four classes of signs, long enough for a password: words with spaces are what is asked for here.
 */
const looksLikePassword = (phrase: string, person: Person): boolean =>
  !/\s/u.test(phrase) && checkPassword("jpa", phrase, person).every(({ met }) => met);

/**
 * Whether the phrase is the owner's very password, or an answer to one of their security questions: people write down
 * what they know by heart, and it would stand on the screen. Hashes at most four times.
 */
export async function isTheirSecret(
  phrase: string,
  hashes: { password: string | null; answers: readonly string[] },
): Promise<Result<boolean, "busy">> {
  if (hashes.password !== null) {
    const same = await verifySecret(hashes.password, phrase);
    if (!same.ok || same.value) return same;
  }
  return isRepeatedAnswer(phrase, hashes.answers);
}
