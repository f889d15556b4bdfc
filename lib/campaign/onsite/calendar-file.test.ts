import { expect, test } from "vitest";
import { type CalendarEntry, calendarFile, sequenceOf } from "./calendar-file.ts";

const entry: CalendarEntry = {
  uid: "sesi@kunci.contoh.example.gov.my",
  sequence: 3,
  cancelled: false,
  startsAt: new Date("2026-11-26T01:00:00Z"),
  endsAt: new Date("2026-11-26T08:30:00Z"),
  madeAt: new Date("2026-11-20T07:15:00.123Z"),
  summary: "Sesi Roaming OTP: Bilik Latihan",
  location: "Bilik Latihan, Aras 2",
  description: "Bawa: MyKad; telefon\nLif di kiri \\ tangga",
  url: "https://kunci.contoh.example.gov.my/home/move/sessions",
  organiser: 'Jabatan "Contoh"',
};

/** Reads a calendar as RFC 5545 §3.1 says: folded lines are joined, then each is a name, parameters and a value. */
function read(file: string): Map<string, string> {
  expect(file.endsWith("\r\n")).toBe(true);
  expect(file.replaceAll("\r\n", ""), "every line break is CRLF").not.toMatch(/[\r\n]/);
  const found = new Map<string, string>();
  for (const line of file.replaceAll("\r\n ", "").trimEnd().split("\r\n")) {
    const [, name, value] = /^([A-Z-]+(?:;[A-Z]+=(?:"[^"]*"|[^":;]+))*):(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`No property: ${line}`);
    found.set(found.has(name) ? `${name} of the alarm` : name, value);
  }
  return found;
}
const said = (value = "") => value.replace(/\\(n|.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign));

test("a calendar file reads back as what it was made of", () => {
  const found = read(calendarFile(entry));
  expect(found.get("METHOD")).toBe("PUBLISH");
  expect(found.get("STATUS")).toBe("CONFIRMED");
  expect(found.get("SEQUENCE")).toBe("3");
  expect([found.get("DTSTART"), found.get("DTEND"), found.get("DTSTAMP")]).toEqual([
    "20261126T010000Z",
    "20261126T083000Z",
    "20261120T071500Z",
  ]);
  expect(found.get("TRIGGER;VALUE=DATE-TIME")).toBe("20261125T010000Z");
  for (const name of ["summary", "location", "description", "uid"] as const)
    expect(said(found.get(name.toUpperCase()))).toBe(entry[name]);
  expect(found.has('ORGANIZER;CN="Jabatan  Contoh "')).toBe(true);
});

test("a cancelled one takes the same entry out, and reminds nobody", () => {
  const file = calendarFile({ ...entry, cancelled: true });
  const found = read(file);
  expect([found.get("METHOD"), found.get("STATUS"), found.get("UID")]).toEqual(["CANCEL", "CANCELLED", entry.uid]);
  expect(file).not.toContain("VALARM");
});

test("no line is longer than 75 octets, and none is folded within a character", () => {
  const file = calendarFile({ ...entry, location: "Dewan Seri 茶 Contoh é ".repeat(20).trim() });
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(said(read(file).get("LOCATION"))).toBe("Dewan Seri 茶 Contoh é ".repeat(20).trim());
});

test("words that hold a line break begin no property of their own", () => {
  const found = read(calendarFile({ ...entry, summary: "Sesi\r\nATTENDEE:mailto:semua@contoh.example" }));
  expect([...found.keys()].some((name) => name.startsWith("ATTENDEE"))).toBe(false);
});

test("the sequence grows with every change of the session, and of the place in it", () => {
  const createdAt = new Date("2026-11-20T07:00:00Z");
  const booked = new Date("2026-11-20T08:00:00Z");
  const [one, changed, given, again] = [
    { version: 1, createdAt, since: booked },
    { version: 2, createdAt, since: booked },
    { version: 2, createdAt, since: new Date("2026-11-20T08:00:05Z") },
    { version: 2, createdAt, since: new Date("2026-11-21T08:00:05Z") },
  ].map(sequenceOf);
  expect([one, changed, given, again]).toEqual([one, changed, given, again].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  expect(new Set([one, changed, given, again]).size).toBe(4);
});
