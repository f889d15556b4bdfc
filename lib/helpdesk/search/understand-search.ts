import { countries } from "#lib/kernel/countries.ts";
import {
  type IdentityNumber,
  type IdentityRefusal,
  parseIdentityNumber,
  plainCharacters,
} from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { searchWords } from "./search-words.ts";

/** Code points of what may be typed to search. */
export const SEARCH_MAX = 100;

/**
 * What somebody means by what they typed. `identity`: a number to be looked up exactly, never part of an address in the
 * browser; `surely`: it can be nothing else. A passport's number is looked up in every country. `words`: parts of a name
 * or of a mailbox, all of which are to be there; `domain`: what stands behind the @, or its beginning, and never alone.
 */
export type Search =
  | { by: "identity"; identities: readonly IdentityNumber[]; surely: boolean }
  | { by: "words"; words: readonly string[]; domain: string };

/** As many digits alone are meant as a MyKad number, whole or not. */
const DIGITS_OF_MYKAD = 6;
const PASSPORT = /^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{5,20}$/i;
/** One or two letters, then digits, at most one letter at the end: most countries' passports, and nobody's name. */
const SURELY_PASSPORT = /^[a-z]{1,2}[0-9]{6,9}[a-z]?$/i;
const MAILBOX = /^([^\s@]*)@([^\s@]*)$/;

/** A MyKad number among other words, as it is pasted from a letter or a list. */
const MYKAD_AMONG_WORDS = /(?<![0-9])[0-9]{6}[\p{Pd}\p{Zs}]?[0-9]{2}[\p{Pd}\p{Zs}]?[0-9]{4}(?![0-9])/u;

/** Understands one search field. Refuses a MyKad number that is none, and words that say nothing ("bin"). */
export function understandSearch(typed: string): Result<Search, IdentityRefusal | "search_says_nothing"> {
  const plain = numberAmong(typed) ?? plainCharacters(typed);
  if (/^[0-9]+$/.test(plain) && plain.length >= DIGITS_OF_MYKAD) {
    const mykad = parseIdentityNumber({ number: plain });
    return mykad.ok ? ok({ by: "identity", identities: [mykad.value], surely: true }) : mykad;
  }
  if (SURELY_PASSPORT.test(plain) || (PASSPORT.test(plain) && !/\s/.test(typed.trim())))
    return ok({ by: "identity", identities: everywhere(plain), surely: SURELY_PASSPORT.test(plain) });
  return understandWords(typed);
}

/** The number that is looked for where a name or anything else stands beside it; that alone finds its account. */
function numberAmong(typed: string): string | undefined {
  const mykad = MYKAD_AMONG_WORDS.exec(typed.normalize("NFKC"))?.[0];
  if (mykad) return plainCharacters(mykad);
  return typed
    .split(/\s+/)
    .map(plainCharacters)
    .find((word) => SURELY_PASSPORT.test(word));
}

/** As `understandSearch`, of what can be no identity number or was found to be none. */
export function understandWords(typed: string): Result<Search & { by: "words" }, "search_says_nothing"> {
  const mailbox = MAILBOX.exec(typed.trim());
  const words = searchWords(mailbox ? (mailbox[1] ?? "") : typed);
  const domain = (mailbox?.[2] ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, "");
  return words.length === 0 ? refuse("search_says_nothing") : ok({ by: "words", words, domain });
}

/** Whether what was typed must not stand in an address: it is, or may be, somebody's identity number. */
export function namesIdentity(typed: string): boolean {
  const found = understandSearch(typed);
  return found.ok ? found.value.by === "identity" && found.value.surely : found.error !== "search_says_nothing";
}

function everywhere(number: string): IdentityNumber[] {
  return countries("ms").flatMap(({ code }) => {
    const passport = parseIdentityNumber({ type: "passport", number, country: code });
    return passport.ok ? [passport.value] : [];
  });
}
