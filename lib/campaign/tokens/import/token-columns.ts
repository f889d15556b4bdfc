import type { Language } from "#lib/kernel/context.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { plainTitle } from "#lib/staff-register/columns/guess-columns.ts";
import { type SheetRow, textOf } from "#lib/staff-register/file/sheet-row.ts";

export const tokenColumns = [
  "serial",
  "medium",
  "identityNumber",
  "passportCountry",
  "officialEmail",
  "issuedOn",
] as const;
export type TokenColumn = (typeof tokenColumns)[number];

/** Where each stands, counted from 0. */
export type TokenMapping = Partial<Record<TokenColumn, number>>;

/** Titles as agencies' lists have them, in Bahasa Malaysia and English; without punctuation, in lower case. */
export const tokenTitles: Readonly<Record<TokenColumn, readonly string[]>> = {
  serial: [
    ...[
      "no siri",
      "nombor siri",
      "siri",
      "no siri token",
      "nombor siri token",
      "siri token",
      "no token",
      "nombor token",
    ],
    ...["serial", "serial no", "serial number", "token serial", "token serial number", "token no", "token number"],
  ],
  medium: ["jenis", "jenis token", "jenis medium", "medium", "media", "bentuk", "type", "token type", "kind"],
  identityNumber: [
    ...["no kp", "nokp", "no k p", "no kad pengenalan", "nombor kad pengenalan", "kad pengenalan", "no kp baru"],
    ...["no mykad", "mykad", "no ic", "ic", "ic no", "ic number", "nric", "no pengenalan", "nombor pengenalan"],
    ...["no kp pemegang", "no pengenalan pemegang", "nombor pengenalan pemegang", "pengenalan pemegang"],
    ...["identity number", "identity card number", "identification number", "holder identity number", "holder id"],
  ],
  passportCountry: ["negara pasport", "negara", "kod negara", "passport country", "country"],
  officialEmail: [
    ...["emel", "emel rasmi", "e mel", "e mel rasmi", "email", "email rasmi", "e mail", "alamat emel", "emel pemegang"],
    ...["alamat emel rasmi", "official email", "email address", "work email", "holder email", "holder official email"],
  ],
  issuedOn: [
    ...[
      "tarikh dikeluarkan",
      "tarikh keluar",
      "tarikh dikeluar",
      "tarikh terima",
      "tarikh serahan",
      "tarikh diserahkan",
    ],
    ...["dikeluarkan", "dikeluarkan pada", "tarikh", "issued", "issued on", "issue date", "date issued", "issued date"],
  ],
};

const columnOf = new Map(
  tokenColumns.flatMap((column) => tokenTitles[column].map((title) => [title, column] as const)),
);

/** Lists often begin with the agency's name and an empty line: so many rows are looked at for the titles. */
const LOOKED_AT = 15;

/** Which column holds what, by its title; of two that would be the same, the first. */
function mapped(row: SheetRow): TokenMapping {
  const mapping: TokenMapping = {};
  row.cells.forEach((cell, at) => {
    const column = columnOf.get(plainTitle(textOf(cell)));
    if (column !== undefined) mapping[column] ??= at;
  });
  return mapping;
}

/** The row of the titles: the first of those that most are recognised in; null where neither serial nor holder is. */
export function findTokenTitles(rows: readonly SheetRow[]): { line: number; mapping: TokenMapping } | null {
  const [best] = rows
    .slice(0, LOOKED_AT)
    .map((row) => ({ line: row.line, mapping: mapped(row) }))
    .toSorted((a, b) => Object.keys(b.mapping).length - Object.keys(a.mapping).length);
  if (!best) return null;
  const { serial, identityNumber, officialEmail } = best.mapping;
  return serial === undefined || (identityNumber ?? officialEmail) === undefined ? null : best;
}

const templateTitles: Readonly<Record<Language, readonly string[]>> = {
  ms: ["No. Siri", "Jenis", "No. Kad Pengenalan", "Negara Pasport", "Emel Rasmi", "Tarikh Dikeluarkan"],
  en: ["Serial Number", "Type", "Identity Number", "Passport Country", "Official Email", "Issued On"],
};

/** A file of tokens with its titles and none in it. */
export const tokenTemplate = (language: Language): string => CSV_BEGIN + csvLine(templateTitles[language]);
