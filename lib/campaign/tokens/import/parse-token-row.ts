import type { hardwareToken } from "#db/schema/hardware-token.ts";
import { parseEmail } from "#lib/kernel/email-address.ts";
import type { IdentityNumber, IdentityRefusal } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Cell, type SheetRow, textOf } from "#lib/staff-register/file/sheet-row.ts";
import { parseDayCell } from "#lib/staff-register/row/parse-day-cell.ts";
import { readIdentity } from "#lib/staff-register/row/parse-row.ts";
import { maskRuns, showName, showNumber } from "#lib/staff-register/row/show-safely.ts";
import { parseSerial, type SerialRefusal } from "../serial.ts";
import type { TokenMapping } from "./token-columns.ts";

export type Medium = (typeof hardwareToken.$inferSelect)["medium"];

/** What may be wrong with a line. The last are found when it is laid beside the others, the accounts and the register. */
export type TokenRowRefusal =
  | SerialRefusal
  | IdentityRefusal
  | "identity_shortened"
  | "email_unreadable"
  | "medium_unknown"
  | "date_unreadable"
  | "day_to_come"
  | "holder_missing"
  | "holder_unknown"
  | "holder_closed"
  | "holder_differs"
  | "serial_identity"
  | "serial_twice"
  | "serial_held"
  | "serial_returned";

/** A line as it reads, with everything that is wrong with it. `typed`: whom it names, as far as anybody may see it. */
export type ParsedToken = {
  line: number;
  reasons: TokenRowRefusal[];
  serial: string | null;
  /** As it was typed, where it is none. */
  shownSerial: string | null;
  medium: Medium;
  identity: IdentityNumber | null;
  email: string | null;
  typed: string | null;
  issuedOn: string | null;
};

export type TokenReading = { mapping: TokenMapping; from1904: boolean /** In the agency's zone. */; today: string };

/** What agencies write, folded; blank is the commonest. */
const mediums: readonly [RegExp, Medium][] = [
  [/^$|usb|token/, "usb_token"],
  [/kad|card/, "smart_card"],
  [/^(lain|lain lain|other|others)$/, "other"],
];

/** Reads one line. Pure: what the others, the accounts and the register have to say comes later. */
export function parseTokenRow({ line, cells }: SheetRow, { mapping, from1904, today }: TokenReading): ParsedToken {
  const cell = (column: keyof TokenMapping): Cell => {
    const at = mapping[column];
    return at === undefined ? "" : (cells[at] ?? "");
  };
  const reasons: TokenRowRefusal[] = [];
  const take = <T>(read: Result<T, TokenRowRefusal>): T | null => {
    if (read.ok) return read.value;
    reasons.push(read.error);
    return null;
  };
  const serial = take(parseSerial(textOf(cell("serial"))));
  const medium = take(readMedium(textOf(cell("medium"))));
  const [number, mailbox] = [cell("identityNumber"), textOf(cell("officialEmail"))];
  const hasNumber = textOf(number) !== "";
  if (!hasNumber && mailbox === "") reasons.push("holder_missing");
  const identity = hasNumber ? take(ofPerson(number, textOf(cell("passportCountry")))) : null;
  const email = mailbox === "" ? null : take(readEmail(mailbox));
  return {
    line,
    reasons,
    serial,
    shownSerial: showName(maskRuns(textOf(cell("serial")).slice(0, 60))),
    medium: medium ?? "usb_token",
    identity,
    email,
    typed: hasNumber ? showNumber(number) : showName(mailbox),
    issuedOn: take(readDay(cell("issuedOn"), from1904, today)),
  };
}

function ofPerson(number: Cell, country: string): Result<IdentityNumber, TokenRowRefusal> {
  const read = readIdentity(number, "", country);
  if (read.ok) return read;
  return refuse(read.error === "identity_missing" ? "holder_missing" : read.error);
}

function readMedium(typed: string): Result<Medium, "medium_unknown"> {
  const plain = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trim();
  const found = mediums.find(([pattern]) => pattern.test(plain));
  return found ? ok(found[1]) : refuse("medium_unknown");
}

const readEmail = (typed: string): Result<string, "email_unreadable"> => {
  const read = parseEmail(typed);
  return read.ok ? read : refuse("email_unreadable");
};

function readDay(
  cell: Cell,
  from1904: boolean,
  today: string,
): Result<string | null, "date_unreadable" | "day_to_come"> {
  if (textOf(cell) === "") return ok(null);
  const read = parseDayCell(cell, from1904);
  if (!read.ok) return read;
  return read.value > today ? refuse("day_to_come") : ok(read.value);
}
