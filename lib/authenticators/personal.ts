import { folded, withoutLookAlikes, wordsOf } from "./plain-words.ts";

/** Whose secret it is. In a browser `identity.number` holds only what the mask shows (`900101`). */
export type Person = { fullName: string; officialEmail: string; identity: { number: string } };

/** Words of Malaysian names that are no name: nobody guesses anything by them. */
const particles = new Set(
  "bin binti bt bte binte al ap so do anak haji hajah hj hjh datuk dato datin tun tan sri seri puan encik tuan dr ir ts prof".split(
    " ",
  ),
);

/** What a person's secret must not hold, folded. Words of two letters say nothing of anybody. */
function personalWords(person: Person): string[] {
  const name = wordsOf(person.fullName.replace(/\b([ads])\/([lpo])\b/gi, "$1$2").replace(/['’‘ʼ`]/g, ""));
  const mailbox = folded(person.officialEmail.split("@")[0] ?? "");
  return [...new Set([...name, mailbox, ...wordsOf(mailbox)])].filter(
    (word) => word.length >= 3 && !particles.has(word),
  );
}

/** In characters. Six digits of a MyKad are a birth date; its last four alone are too short to give a password away. */
const IDENTITY_RUN = 6;

/** Runs of six of the number, and the birth date as people write it: 010190, 01011990, 19900101. Folded. */
function identityParts(number: string): string[] {
  const plain = folded(number);
  const runs = Array.from({ length: Math.max(0, plain.length - IDENTITY_RUN + 1) }, (_, at) =>
    plain.slice(at, at + IDENTITY_RUN),
  );
  if (plain.length > 0 && plain.length < IDENTITY_RUN) runs.push(plain);
  const [, year, month, day] = /^(\d\d)(\d\d)(\d\d)(?:\d{6})?$/.exec(plain) ?? [];
  if (!year || !month || !day) return runs;
  return [...runs, `${day}${month}${year}`, `${day}${month}19${year}`, `${day}${month}20${year}`];
}

/**
 * Whether a secret is built with the person's name, mailbox or identity number, signs for letters (`A1syah`) seen through.
 * A word of four letters or more counts wherever it stands; one of three (`Ali`) only on its own, since it hides in ordinary
 * words (`kualiti`).
 */
export function holdsPersonal(plain: string, person: Person): boolean {
  const text = folded(plain);
  const joined = text.replace(/[^\p{L}\p{N}]/gu, "");
  if (identityParts(person.identity.number).some((part) => joined.includes(part))) return true;
  const seenThrough = withoutLookAlikes(text);
  const alone = new Set(wordsOf(plain));
  return personalWords(person).some((word) =>
    word.length >= 4 ? text.includes(word) || seenThrough.includes(withoutLookAlikes(word)) : alone.has(word),
  );
}

/** Whether an answer says nothing but what the person's name, mailbox or identity number says already. */
export function isOnlyPersonal(answer: string, person: Person): boolean {
  const known = new Set(personalWords(person));
  const digits = folded(answer).replace(/[^\p{L}\p{N}]/gu, "");
  const number = folded(person.identity.number);
  if (digits.length >= 4 && (number.includes(digits) || identityParts(number).includes(digits))) return true;
  if (folded(answer).trim() === folded(person.officialEmail)) return true;
  const words = wordsOf(answer).filter((word) => !particles.has(word));
  return words.length > 0 && words.every((word) => known.has(word));
}
