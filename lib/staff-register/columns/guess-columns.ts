import { type SheetRow, textOf } from "../file/sheet-row.ts";
import { type ColumnField, columnFields, type Mapping } from "./mapping.ts";

/** Titles as agencies' registers have them, in Bahasa Malaysia and English; without punctuation, in lower case. */
export const acceptedTitles: Readonly<Record<ColumnField, readonly string[]>> = {
  identityNumber: [
    ...["no kp", "nokp", "no k p", "no kad pengenalan", "nombor kad pengenalan", "kad pengenalan", "no kp baru"],
    ...["no kp baharu", "no mykad", "nombor mykad", "mykad", "no ic", "ic", "ic no", "ic number", "nric", "no nric"],
    ...["no pengenalan", "nombor pengenalan", "identity number", "identity card number", "identification number"],
    ...["identitynumber", "no kad pengenalan baru", "nombor kp", "kp"],
  ],
  passportNumber: [
    "no pasport",
    "nombor pasport",
    "pasport",
    "no passport",
    "passport no",
    "passport number",
    "passport",
  ],
  passportCountry: ["negara pasport", "negara", "kod negara", "passport country", "passportcountry", "country"],
  fullName: [
    ...["nama", "nama penuh", "nama pegawai", "nama kakitangan", "nama staf", "nama pekerja", "nama anggota"],
    ...["full name", "fullname", "name", "staff name", "employee name"],
  ],
  officialEmail: [
    ...["emel", "emel rasmi", "e mel", "e mel rasmi", "email", "email rasmi", "e mail", "alamat emel", "alamat e mel"],
    ...["alamat emel rasmi", "official email", "officialemail", "email address", "work email"],
  ],
  officeCode: ["kod pejabat", "kod ptj", "kod jabatan", "kod bahagian", "kod", "office code", "officecode", "ptj code"],
  officeName: [
    ...["pejabat", "nama pejabat", "nama ptj", "ptj", "jabatan", "bahagian", "tempat bertugas", "penempatan", "unit"],
    ...["office", "office name", "officename", "department", "division", "place of work"],
  ],
  opensOn: [
    "tarikh buka",
    "tarikh mula pengaktifan",
    "tarikh lapor diri",
    "opens on",
    "activation date",
    "report date",
  ],
  leavesOn: [
    ...["tarikh tamat", "tarikh tamat perkhidmatan", "tarikh tamat kontrak", "tarikh akhir", "tarikh akhir berkhidmat"],
    ...[
      "tarikh berhenti",
      "tarikh bersara",
      "tarikh persaraan",
      "tarikh bertukar",
      "end date",
      "last day",
      "leaving date",
    ],
    ...["last day of service", "leaveson"],
  ],
};

const fieldOf = new Map(columnFields.flatMap((field) => acceptedTitles[field].map((title) => [title, field] as const)));

/** A title without what does not tell it from another: `No. K/P (Baharu)` → `no k p baharu`. */
export const plainTitle = (title: string): string =>
  title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();

/** Which column holds what, by its title; of two that would be the same, the first. */
export function guessColumns(row: SheetRow): Mapping {
  const mapping: Mapping = {};
  row.cells.forEach((cell, column) => {
    const field = fieldOf.get(plainTitle(textOf(cell)));
    if (field !== undefined) mapping[field] ??= column;
  });
  return mapping;
}

/** Registers often begin with the agency's name, a date and an empty line: so many rows are looked at for the titles. */
export const LOOKED_AT = 15;

/** Which of the first rows has the titles: the one that most are recognised in; where none is, the widest. */
export function findTitles(rows: readonly SheetRow[]): SheetRow | undefined {
  const recognised = (row: SheetRow): number => Object.keys(guessColumns(row)).length;
  const filled = (row: SheetRow): number => row.cells.filter((cell) => textOf(cell) !== "").length;
  const isBetter = (row: SheetRow, best: SheetRow): boolean =>
    recognised(row) === recognised(best)
      ? recognised(row) === 0 && filled(row) > filled(best)
      : recognised(row) > recognised(best);
  return rows
    .slice(0, LOOKED_AT)
    .reduce<SheetRow | undefined>((best, row) => (best === undefined || isBetter(row, best) ? row : best), undefined);
}
