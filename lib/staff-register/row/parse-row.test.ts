import { expect, test } from "vitest";
import type { Cell } from "../file/sheet-row.ts";
import { officeMatcher } from "./match-office.ts";
import { parseDayCell } from "./parse-day-cell.ts";
import { parseRow } from "./parse-row.ts";

const office = (id: string, code: string, name: string, more = {}) => ({
  ...{ id, code, name, emailDomains: null, retiredAt: null },
  ...more,
});
const offices = [
  office("hq", "0101", "Ibu Pejabat"),
  office("state", "1009", "Pejabat Negeri Perlis"),
  office("branch", "1009", "Cawangan Kangar", { emailDomains: ["kangar.example.gov.my"] }),
  office("gone", "0199", "Cawangan Lama", { retiredAt: new Date(0) }),
];
const mapping = {
  ...{ identityNumber: 0, fullName: 1, officialEmail: 2, officeCode: 3, officeName: 4, opensOn: 5, leavesOn: 6 },
  ...{ passportNumber: 7, passportCountry: 8 },
};
const reading = {
  mapping,
  findOffice: officeMatcher(offices),
  emailDomains: ["contoh.example.gov.my"],
  from1904: false,
};
const read = (...cells: Cell[]) => parseRow({ line: 2, cells }, reading);
const good = ["900101140000", "Nur Contoh", "nur@contoh.example.gov.my", "0101", "Ibu Pejabat"];

test("a good row is read, and nothing is wrong with it", () => {
  expect(read(...good, "2026-12-01", "31/12/2026")).toEqual({
    line: 2,
    reasons: [],
    identity: { type: "mykad", number: "900101140000" },
    fullName: "Nur Contoh",
    officialEmail: "nur@contoh.example.gov.my",
    officeId: "hq",
    opensOn: "2026-12-01",
    leavesOn: "2026-12-31",
    typed: null,
  });
});

test.each<[string, Cell, string | null]>([
  ["with dashes", "900101-14-0000", "900101140000"],
  ["as a spreadsheet's number", 900101140000, "900101140000"],
  ["as a number that lost its zeros", 10101140000, "010101140000"],
  ["as text that lost its zero", "10101140000", null],
  ["written short", "9.00101E+11", null],
  ["with a formula", '=HYPERLINK("http://x")', null],
  ["of a day that is none", "901301140000", null],
])("an identity number %s", (_, cell, number) => {
  const row = read(cell, ...good.slice(1));
  expect(row.identity?.type === "mykad" ? row.identity.number : null).toBe(number);
  expect(row.reasons.length > 0).toBe(number === null);
});

test("a number written short says that its digits are lost", () => {
  expect(read("9.00101E+11").reasons).toContain("identity_shortened");
});

test("a passport stands in its own column, or beside its country", () => {
  const passport = { type: "passport", country: "ID", number: "A1234567" };
  expect(read("", "Nur", "", "", "", "", "", "A1234567", "id").identity).toEqual(passport);
  expect(read("A1234567", "Nur", "", "", "", "", "", "", "ID").identity).toEqual(passport);
  expect(read("900101140000", "Nur", "", "", "", "", "", "", "MY").identity).toMatchObject({ type: "mykad" });
  expect(read("", "Nur", "", "", "", "", "", "A1234567").reasons).toEqual(["passport_country"]);
  expect(read("", "Nur").reasons).toEqual(["identity_missing"]);
});

test("everything that is wrong with a row is named", () => {
  expect(read("900101", "Nur 123", "nur@gmail.com", "9999", "", "esok", "31/02/2026").reasons).toEqual([
    "mykad_length",
    "name_digits",
    "office_unknown",
    "email_personal",
    "date_unreadable",
    "date_unreadable",
  ]);
});

test("a cell that wraps is one line; one that hides characters is refused", () => {
  expect(read(good[0] ?? "", "Nur\r\nContoh").fullName).toBe("Nur Contoh");
  expect(read(good[0] ?? "", "Nur\u202eContoh").reasons).toEqual(["bidi_override"]);
  expect(read(good[0] ?? "", "=1+1").reasons).toEqual(["name_digits"]);
  expect(read(good[0] ?? "", "=cmd|' /C calc'!A").reasons).toEqual(["name_characters"]);
});

test.each([
  ["1009", "Pejabat Negeri Perlis", "state"],
  ["1009", "PEJABAT  NEGERI PERLIS", "state"],
  ["", "1009 Cawangan Kangar", "branch"],
  ["", "Cawangan Kangar", "branch"],
  ["0101", "", "hq"],
  ["101", "", "hq"],
  ["1009", "", "office_ambiguous"],
  ["0101", "Cawangan Kangar", "office_unknown"],
  ["0199", "", "office_retired"],
  ["", "", "office_missing"],
])("the office %j %j is %s", (code, name, outcome) => {
  const found = officeMatcher(offices)(code, name);
  expect(found.ok ? found.value.id : found.error).toBe(outcome);
});

test("an office may have mail domains of its own", () => {
  const at = (email: string) => read(good[0] ?? "", "Nur", email, "1009", "Cawangan Kangar").reasons;
  expect(at("nur@kangar.example.gov.my")).toEqual([]);
  expect(at("nur@contoh.example.gov.my")).toEqual(["email_domain"]);
});

test.each<[Cell, boolean, string | null]>([
  ["2026-11-20", false, "2026-11-20"],
  ["2026-11-20T00:00:00", false, "2026-11-20"],
  ["1/2/2026", false, "2026-02-01"],
  ["20.11.2026", false, "2026-11-20"],
  [46346, false, "2026-11-20"],
  [44884, true, "2026-11-20"],
  ["20/11/26", false, null],
  ["11/20/2026", false, null],
  ["29/02/2027", false, null],
  ["20/11-2026", false, null],
  ["1899-01-01", false, null],
  ["tiada", false, null],
  [-1, false, null],
])("the day %j (from 1904: %s) is %s", (cell, from1904, day) => {
  const read = parseDayCell(cell, from1904);
  expect(read.ok ? read.value : null).toBe(day);
});
