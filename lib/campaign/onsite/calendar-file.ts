import { before, hours } from "#lib/kernel/time.ts";

/** What a calendar file tells of. `sequence`: one more with each change, so that calendars know the newer one. */
export type CalendarEntry = {
  uid: string;
  sequence: number;
  cancelled: boolean;
  startsAt: Date;
  endsAt: Date;
  madeAt: Date;
  summary: string;
  location: string;
  description: string;
  url: string;
  organiser: string;
};

/**
 * Grows with each change of the session and each time somebody takes its place or gives it up: seconds since the session
 * was made come to some 30 million in a year, well within 31 bits.
 */
export const sequenceOf = (of: { version: number; createdAt: Date; since: Date | null }): number =>
  of.version + Math.max(0, Math.floor(((of.since ?? of.createdAt).getTime() - of.createdAt.getTime()) / 1_000));

/** Longer lines are folded: 75 octets, the line break not counted (RFC 5545 §3.1). */
const LINE_OCTETS = 75;

/** One event as an iCalendar file (RFC 5545), to be added, or taken out where it is cancelled (RFC 5546 §3.2.5). */
export function calendarFile(entry: CalendarEntry): string {
  const { uid, sequence, cancelled, startsAt, endsAt, madeAt, url } = entry;
  const reminder = [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text(entry.summary)}`,
    `TRIGGER;VALUE=DATE-TIME:${utc(before(startsAt, hours(24)))}`,
    "END:VALARM",
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Kunci//Onsite//MS",
    "CALSCALE:GREGORIAN",
    `METHOD:${cancelled ? "CANCEL" : "PUBLISH"}`,
    "BEGIN:VEVENT",
    `UID:${text(uid)}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(madeAt)}`,
    `DTSTART:${utc(startsAt)}`,
    `DTEND:${utc(endsAt)}`,
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    `SUMMARY:${text(entry.summary)}`,
    `LOCATION:${text(entry.location)}`,
    `DESCRIPTION:${text(entry.description)}`,
    `URL:${url}`,
    `ORGANIZER;CN=${quoted(entry.organiser)}:${url}`,
    ...(cancelled ? [] : reminder),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** `20261126T010000Z`: form #2 of §3.3.5. */
const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, "");

/** §3.3.11: backslash, semicolon, comma and line break are written with a backslash. */
const text = (value: string): string => value.replace(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, "\\n");

/** §3.2: a parameter has no quotation marks, and no control characters. */
const quoted = (value: string): string => `"${value.replace(/["\p{Control}]/gu, " ")}"`;

/** Folds between characters, never within one: an octet limit and UTF-8. */
function folded(line: string): string {
  const pieces: string[] = [];
  let [piece, octets] = ["", 0];
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE_OCTETS) {
      pieces.push(piece);
      // The blank that a further line begins with counts.
      [piece, octets] = [" ", 1];
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join("\r\n");
}
