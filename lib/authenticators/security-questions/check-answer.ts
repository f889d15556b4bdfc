import { lengthOf } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { SECRET_MAX, verifySecret } from "../hashing.ts";
import { isOnlyPersonal, type Person } from "../personal.ts";
import { wordsOf } from "../plain-words.ts";
import { predictableShare } from "../predictable.ts";

export const answerRefusals = [
  "answer_too_short",
  "answer_too_long",
  "answer_trivial",
  "answer_from_question",
  "answer_personal",
] as const;
export type AnswerRefusal = (typeof answerRefusals)[number];

/** In code points, normalised. Two, since some names have no more (Ng, Li). */
const ANSWER_MIN = 2;
export const ANSWER_MAX = SECRET_MAX;

/**
 * The spelling under which an answer is kept and compared: width, case and accents of typing habits gone, runs of spaces one,
 * curly quotes straight, signs around it dropped. `  “SK Contoh”. ` is `sk contoh`.
 */
export function normaliseAnswer(answer: string): string {
  return answer
    .normalize("NFKC")
    .toUpperCase() // then lower: that way ß and ss, and every final sigma, become one
    .toLowerCase()
    .normalize("NFC")
    .replace(/[\u2018\u2019\u02bc`]/g, "'")
    .replace(/\p{Dash_Punctuation}/gu, "-")
    .replace(/\s+/gu, " ")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
}

/** What people write where they do not want to answer; also its first word when `saya` or `I` stands before it. */
const trivial = new Set(
  `tiada|tidak ada|tak ada|takde|tak de|xde|x ada|xada|tidak|tak|tidak tahu|tak tahu|tahu|x tahu|xtahu|tak pasti|tidak pasti|tidak ingat|tak ingat
  |x ingat|xingat|lupa|entah|rahsia|kosong|apa apa|apa sahaja|mana mana|sesiapa|jawapan|jawapan saya|ujian|ya|ok|okay|okey
  |none|nothing|no|yes|na|n a|nil|null|not applicable|unknown|dont know|don t know|do not know|idk|no idea|forgot|forgotten|cant remember
  |secret|answer|my answer|test|testing|password|kata laluan|katalaluan|pass|qwerty|asdf|asd|qwe|abc|abcd|xxx|lalala|blabla|bla bla|hahaha
  |ibu|mak|emak|mama|ayah|sekolah|kereta|guru|cikgu|mother|school|car|teacher`
    .split("|")
    .map((answer) => answer.trim()),
);

/** Words that carry no answer of their own. */
const filler = new Set(["saya", "aku", "i", "my", "the", "is", "a", "ialah", "adalah", "itu", "ini", "s"]);

/**
 * Whether an answer may be kept; its value is the normalised form. Refuses what is too short or too long, what anybody would try
 * (`tiada`, `12345`, `aaa`), what only repeats the question, and what the person's name, mailbox or number already says.
 * That no two answers are the same is `isRepeatedAnswer`'s to say.
 */
export function checkAnswer(
  question: { textMs: string; textEn: string },
  answer: string,
  person: Person,
): Result<string, AnswerRefusal> {
  const normal = normaliseAnswer(answer);
  const length = lengthOf(normal);
  if (length > ANSWER_MAX) return refuse("answer_too_long");
  if (length < ANSWER_MIN) return refuse("answer_too_short");
  const words = wordsOf(normal).filter((word) => !filler.has(word));
  if (isTrivial(normal, words)) return refuse("answer_trivial");
  const asked = new Set([...wordsOf(question.textMs), ...wordsOf(question.textEn)]);
  if (words.every((word) => asked.has(word))) return refuse("answer_from_question");
  return isOnlyPersonal(answer, person) ? refuse("answer_personal") : ok(normal);
}

const isTrivial = (normal: string, words: readonly string[]): boolean =>
  words.length === 0 ||
  trivial.has(words.join(" ")) ||
  trivial.has(wordsOf(normal).join(" ")) ||
  predictableShare(normal.replace(/[\s-]/g, "")) === 1 ||
  new Set(normal).size === 1;

/** Whether an answer was already given to another question, by the hashes that were kept of those. */
export async function isRepeatedAnswer(
  answer: string,
  otherHashes: readonly string[],
): Promise<Result<boolean, "busy">> {
  const normal = normaliseAnswer(answer);
  for (const hash of otherHashes) {
    const same = await verifySecret(hash, normal);
    if (!same.ok || same.value) return same;
  }
  return ok(false);
}
