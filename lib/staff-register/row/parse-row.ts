import { type EmailRefusal, parseOfficialEmail } from "#lib/kernel/email-address.ts";
import { type IdentityNumber, type IdentityRefusal, parseIdentityNumber } from "#lib/kernel/identity-number.ts";
import { type NameRefusal, parsePersonName } from "#lib/kernel/person-name.ts";
import { type TextRefusal, unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Mapping } from "../columns/mapping.ts";
import { type Cell, type SheetRow, textOf } from "../file/sheet-row.ts";
import { type Office, type OfficeRefusal, officeRefusals } from "./match-office.ts";
import { type Day, parseDayCell } from "./parse-day-cell.ts";
import { showName, showNumber } from "./show-safely.ts";

/** What may be wrong with a row. The last four are found when it is laid beside the others and the accounts. */
const rowRefusals = [
  "identity_missing",
  "identity_shortened",
  "date_unreadable",
  ...officeRefusals,
  "name_missing",
  "email_missing",
  "duplicate_identity",
  "duplicate_email",
  "email_taken",
] as const;
type Unfit = Exclude<TextRefusal, "missing" | "repeated" | "not_text" | "too_long">;
export type RowRefusal =
  | (typeof rowRefusals)[number]
  | IdentityRefusal
  | NameRefusal
  | EmailRefusal
  | OfficeRefusal
  | Unfit;

/** A row as it reads, with everything that is wrong with it. What the file does not say is null. */
export type ParsedRow = {
  line: number;
  reasons: readonly RowRefusal[];
  identity: IdentityNumber | null;
  fullName: string | null;
  officialEmail: string | null;
  officeId: string | null;
  opensOn: Day | null;
  leavesOn: Day | null;
  /** Of a row that something is wrong with, what it may be known again by; null of a good one. */
  typed: { identity: string | null; name: string | null } | null;
};

export type RowReading = {
  mapping: Mapping;
  findOffice: (code: string, name: string) => Result<Office, OfficeRefusal>;
  /** Of the agency; an office may have its own. */
  emailDomains: readonly string[];
  from1904: boolean;
};

/** A number that a spreadsheet has written short: `9.00101E+11`. Its last digits are lost. */
const SHORTENED = /^\d(?:[.,]\d+)?e\+?\d+$/i;

/** Reads one row. Pure: what other rows and the accounts have to say comes later. */
export function parseRow({ line, cells }: SheetRow, reading: RowReading): ParsedRow {
  const cell = (field: keyof Mapping): Cell => {
    const column = reading.mapping[field];
    return column === undefined ? "" : (cells[column] ?? "");
  };
  const reasons: RowRefusal[] = [];
  const take = <T>(read: Result<T | null, RowRefusal>): T | null => {
    if (read.ok) return read.value;
    reasons.push(read.error);
    return null;
  };
  const identity = take(readIdentity(cell("identityNumber"), cell("passportNumber"), textOf(cell("passportCountry"))));
  const fullName = take(optional(cell("fullName"), parsePersonName));
  const office = take(readOffice(textOf(cell("officeCode")), textOf(cell("officeName")), reading.findOffice));
  const domains = office?.emailDomains ?? reading.emailDomains;
  const officialEmail = take(optional(cell("officialEmail"), (text) => parseOfficialEmail(text, domains)));
  const opensOn = take(readDay(cell("opensOn"), reading.from1904));
  const leavesOn = take(readDay(cell("leavesOn"), reading.from1904));
  const number = textOf(cell("identityNumber")) === "" ? cell("passportNumber") : cell("identityNumber");
  const typed = reasons.length > 0 ? { identity: showNumber(number), name: showName(cell("fullName")) } : null;
  return { line, reasons, identity, fullName, officialEmail, officeId: office?.id ?? null, opensOn, leavesOn, typed };
}

/** Reads who a row is about, as registers write it: MyKad or passport, in one column or two. */
export function readIdentity(
  mykad: Cell,
  passport: Cell,
  country: string,
): Result<IdentityNumber, IdentityRefusal | "identity_missing" | "identity_shortened"> {
  const isPassport = textOf(mykad) === "" ? textOf(passport) !== "" : country !== "" && !isMyKadLike(mykad);
  const cell = textOf(mykad) === "" ? passport : mykad;
  const number = textOf(cell);
  if (number === "") return refuse("identity_missing");
  if (SHORTENED.test(number)) return refuse("identity_shortened");
  if (isPassport) return parseIdentityNumber({ type: "passport", number, country });
  // A workbook that keeps it as a number has dropped the zeros of those born from 2000 to 2009.
  return parseIdentityNumber({ number: typeof cell === "number" ? number.padStart(12, "0") : number });
}

const isMyKadLike = (cell: Cell): boolean => /^[\d\s-]{10,}$/.test(textOf(cell));

/** Cells that wrap hold line breaks; one line is what people mean. */
function optional<E extends RowRefusal>(
  cell: Cell,
  parse: (text: string) => Result<string, E>,
): Result<string | null, E | Unfit> {
  const text = textOf(cell).replace(/\s+/g, " ");
  if (text === "") return ok(null);
  const unfit = unfitText(text);
  return unfit ? refuse(unfit) : parse(text);
}

function readOffice(code: string, name: string, find: RowReading["findOffice"]): Result<Office | null, OfficeRefusal> {
  const found = find(code, name);
  return !found.ok && found.error === "office_missing" ? ok(null) : found;
}

const readDay = (cell: Cell, from1904: boolean): Result<Day | null, "date_unreadable"> =>
  textOf(cell) === "" ? ok(null) : parseDayCell(cell, from1904);
