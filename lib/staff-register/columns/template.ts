import type { Language } from "#lib/kernel/context.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import type { ColumnField } from "./mapping.ts";

/** Titles of a file that needs no asking. Passports stand in the column of identity numbers, beside their country. */
const titlesOf: Readonly<Record<Language, readonly (readonly [ColumnField, string])[]>> = {
  ms: [
    ["identityNumber", "No. Kad Pengenalan"],
    ["passportCountry", "Negara Pasport"],
    ["fullName", "Nama Penuh"],
    ["officialEmail", "Emel Rasmi"],
    ["officeCode", "Kod Pejabat"],
    ["officeName", "Pejabat"],
    ["opensOn", "Tarikh Lapor Diri"],
    ["leavesOn", "Tarikh Tamat Perkhidmatan"],
  ],
  en: [
    ["identityNumber", "Identity Number"],
    ["passportCountry", "Passport Country"],
    ["fullName", "Full Name"],
    ["officialEmail", "Official Email"],
    ["officeCode", "Office Code"],
    ["officeName", "Office"],
    ["opensOn", "Report Date"],
    ["leavesOn", "Last Day of Service"],
  ],
};

/** A file of the register with its titles and nobody in it: an example left in it would become an account. */
export const registerTemplate = (language: Language): string =>
  CSV_BEGIN + csvLine(titlesOf[language].map(([, title]) => title));

/** The columns of the template, in their order. */
export const templateColumns = (language: Language): readonly ColumnField[] =>
  titlesOf[language].map(([field]) => field);
