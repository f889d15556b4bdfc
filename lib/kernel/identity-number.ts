import { isCountry, MALAYSIA } from "./countries.ts";
import { ok, type Result, refuse } from "./result.ts";

/** MyKad: twelve digits. Passport: 5 to 20 capital letters and digits, with the ISO 3166-1 alpha-2 code of its country. */
export type IdentityNumber = { type: "mykad"; number: string } | { type: "passport"; country: string; number: string };

/** The one spelling of an identity, for looking it up. */
export const canonical = (identity: IdentityNumber): string =>
  identity.type === "mykad" ? `mykad:${identity.number}` : `passport:${identity.country}:${identity.number}`;

/** Reads `canonical` back. Throws where it is none: such a value was not written by this portal. */
export function parseCanonical(text: string): IdentityNumber {
  const [type, ...rest] = text.split(":");
  const [first, second] = rest;
  if (type === "mykad" && first && !second) return { type, number: first };
  if (type === "passport" && first && second) return { type, country: first, number: second };
  throw new Error("This is no canonical identity number");
}

export const identityRefusals = [
  "identity_type",
  "mykad_characters",
  "mykad_length",
  "mykad_date",
  "mykad_birthplace",
  "passport_characters",
  "passport_length",
  "passport_country",
  "passport_malaysian",
] as const;
export type IdentityRefusal = (typeof identityRefusals)[number];

/** As it was typed. An absent type means MyKad. */
export type TypedIdentity = { type?: string | null; number: string; country?: string | null };

/**
 * Reads an identity number as people type it: full-width and other Unicode digits, dashes of any kind and spaces are normalised.
 * Refuses with the reason. A serial of 0000 is allowed: it is never issued, and fixtures use it.
 */
export function parseIdentityNumber(typed: TypedIdentity): Result<IdentityNumber, IdentityRefusal> {
  const number = plainCharacters(typed.number);
  switch (typed.type || "mykad") {
    case "mykad":
      return parseMyKad(number);
    case "passport":
      return parsePassport(number, (typed.country ?? "").trim().toUpperCase());
    default:
      return refuse("identity_type");
  }
}

function parseMyKad(number: string): Result<IdentityNumber, IdentityRefusal> {
  if (/[^0-9]/.test(number)) return refuse("mykad_characters");
  if (number.length !== 12) return refuse("mykad_length");
  if (!isBirthDate(number.slice(0, 6))) return refuse("mykad_date");
  if (!isBirthplace(Number(number.slice(6, 8)))) return refuse("mykad_birthplace");
  return ok({ type: "mykad", number });
}

/**
 * ICAO Doc 9303 part 4 gives the number nine places in the machine-readable zone; what is printed may be longer or, from some
 * countries, shorter, so 5 to 20 are taken. Case is checked before it is raised: `ı` and `ß` would turn into other letters.
 */
function parsePassport(number: string, country: string): Result<IdentityNumber, IdentityRefusal> {
  if (!isCountry(country)) return refuse("passport_country");
  if (country === MALAYSIA) return refuse("passport_malaysian");
  if (/[^A-Za-z0-9]/.test(number)) return refuse("passport_characters");
  if (number.length < 5 || number.length > 20) return refuse("passport_length");
  if (!/[0-9]/.test(number)) return refuse("passport_characters");
  return ok({ type: "passport", country, number: number.toUpperCase() });
}

/**
 * Whether YYMMDD is a day in 1900–1999 or 2000–2099. The two centuries have the same days but for 29 February, which 1900
 * lacks and 2000 has; so the year 2000 stands for both, and the century need not be guessed.
 */
function isBirthDate(yymmdd: string): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(yymmdd.slice(at, at + 2))) as [number, number, number];
  const date = new Date(Date.UTC(2000 + year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Birthplace codes of Jabatan Pendaftaran Negara ("Kod Negeri" and "Kod Negara", jpn.gov.my, as tabled in Wikipedia,
 * "Malaysian identity card", and in the library wmthor/mykad, src/birthplace.js): 01–16 states and federal territories,
 * 21–59 their further codes, 60–68 and 74–79 countries of birth, 71–72 born abroad (older registrations), 82 state unknown,
 * 83–93 regions abroad, 98 stateless, 99 unspecified. Never issued: 00, 17–20, 69, 70, 73, 80, 81, 94–97.
 */
const birthplaces: readonly (readonly [first: number, last: number])[] = [
  [1, 16],
  [21, 59],
  [60, 68],
  [71, 72],
  [74, 79],
  [82, 93],
  [98, 99],
];
const isBirthplace = (code: number): boolean => birthplaces.some(([first, last]) => code >= first && code <= last);

/** What may be shown of it: `900101-••-••••`, `A1••••••`. Says the same for a short and a long passport number. */
export const maskIdentity = (identity: IdentityNumber): string =>
  identity.type === "mykad" ? `${identity.number.slice(0, 6)}-••-••••` : `${identity.number.slice(0, 2)}••••••`;

/** All of it, as documents have it: `900101-14-0000`. For whom nothing is masked. */
export const showIdentity = ({ type, number }: IdentityNumber): string =>
  type === "mykad" ? `${number.slice(0, 6)}-${number.slice(6, 8)}-${number.slice(8)}` : number;

/** The four characters a person is asked to repeat. */
export const lastFour = (identity: IdentityNumber): string => identity.number.slice(-4);

/** Whether these are the last four, typed in whichever digits, case and spacing. */
export const matchesLastFour = (identity: IdentityNumber, typed: string): boolean =>
  plainCharacters(typed).toUpperCase() === lastFour(identity);

/** Dashes, the minus sign and spaces, in every script. */
const SEPARATORS = /[\p{Dash_Punctuation}\p{Space_Separator}\u2212]/gu;

/** Width and script of letters and digits made plain, separators gone; anything else stays, to be refused by name. */
export function plainCharacters(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/[^\P{Decimal_Number}0-9]/gu, asciiDigit)
    .replace(SEPARATORS, "");
}

/** Unicode keeps the decimal digits of a script together, zero first: the distance to its zero is the digit. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (/\p{Decimal_Number}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
