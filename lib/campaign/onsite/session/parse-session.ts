import { beginningOf, endOf, isDay } from "#lib/kernel/calendar-day.ts";
import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import { after, days, minutes } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/** A session as somebody wants it to be. `officeIds`: whose people it is for. */
export type SessionWanted = {
  place: string;
  address: string;
  startsAt: Date;
  endsAt: Date;
  capacity: number;
  noteMs: string | null;
  noteEn: string | null;
  officeIds: string[];
};

/** The fields of its form, in the order of the page. */
export const sessionFields = [
  "place",
  "address",
  "day",
  "fromTime",
  "untilTime",
  "capacity",
  "offices",
  "noteMs",
  "noteEn",
] as const;
export type SessionField = (typeof sessionFields)[number];

const sessionFieldRefusals = [
  "place_missing",
  "place_long",
  "address_missing",
  "address_long",
  "text_unfit",
  "day_shape",
  "time_shape",
  "time_over",
  "time_far",
  "until_before_from",
  "capacity_shape",
  "capacity_below_booked",
  "offices_missing",
  "offices_unknown",
  "note_long",
  "note_one_language",
] as const;
export type SessionFieldRefusal = (typeof sessionFieldRefusals)[number];

const PLACE_MAX = 120;
export const ADDRESS_MAX = 300;
export const NOTE_MAX = 1_000;
const CAPACITY_MAX = 1_000;
const MOST_OFFICES = 500;
const FURTHEST = days(366);

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/** Reads the form of a session: one day in the agency's zone, from one time to another. */
export function parseSession(
  form: FormData,
  now: Date,
): { ok: true; value: SessionWanted } | { ok: false; errors: Partial<Record<SessionField, SessionFieldRefusal>> } {
  const errors: Partial<Record<SessionField, SessionFieldRefusal>> = {};
  const place = field(form, "place", { max: PLACE_MAX });
  if (!place.ok) errors.place = textRefusal(place.error, "place_missing", "place_long");
  const address = paragraphs(form, "address", { max: ADDRESS_MAX });
  if (!address.ok) errors.address = textRefusal(address.error, "address_missing", "address_long");

  const day = form.get("day");
  const [from, until] = [timeIn(form, "fromTime"), timeIn(form, "untilTime")];
  if (!isDay(day)) errors.day = "day_shape";
  else if (after(now, FURTHEST) < beginningOf(day)) errors.day = "time_far";
  if (from === null) errors.fromTime = "time_shape";
  if (until === null) errors.untilTime = "time_shape";
  else if (from !== null && until <= from) errors.untilTime = "until_before_from";
  const at = (time: number | null): Date => after(isDay(day) ? beginningOf(day) : now, minutes(time ?? 0));
  if (isDay(day) && !errors.day && endOf(day) <= now) errors.day = "time_over";
  else if (isDay(day) && !errors.day && from !== null && at(from) <= now) errors.fromTime = "time_over";

  const typed = form.get("capacity");
  const capacity = typeof typed === "string" && /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0;
  if (capacity < 1 || capacity > CAPACITY_MAX) errors.capacity = "capacity_shape";

  const officeIds = [...new Set(form.getAll("offices"))];
  if (officeIds.length === 0) errors.offices = "offices_missing";
  else if (officeIds.length > MOST_OFFICES || !officeIds.every(isUuid)) errors.offices = "offices_unknown";

  const [noteMs, noteEn] = [noteIn(form, "noteMs", errors), noteIn(form, "noteEn", errors)];
  if (noteEn !== null && noteMs === null && !errors.noteMs) errors.noteMs = "note_one_language";
  if (noteMs !== null && noteEn === null && !errors.noteEn) errors.noteEn = "note_one_language";

  if (Object.keys(errors).length > 0 || !place.ok || !address.ok) return { ok: false, errors };
  return {
    ok: true,
    value: {
      place: place.value,
      address: address.value,
      startsAt: at(from),
      endsAt: at(until),
      capacity,
      noteMs,
      noteEn,
      officeIds: officeIds.filter(isUuid),
    },
  };
}

const textRefusal = <M extends SessionFieldRefusal, L extends SessionFieldRefusal>(
  error: string,
  missing: M,
  long: L,
): M | L | "text_unfit" => (error === "missing" ? missing : error === "too_long" ? long : "text_unfit");

/** Minutes since the day began. */
function timeIn(form: FormData, name: string): number | null {
  const typed = form.get(name);
  const [, hour, minute] = (typeof typed === "string" && TIME.exec(typed.trim())) || [];
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute);
}

function noteIn(
  form: FormData,
  name: "noteMs" | "noteEn",
  errors: Partial<Record<SessionField, SessionFieldRefusal>>,
): string | null {
  const note = paragraphs(form, name, { max: NOTE_MAX });
  if (note.ok) return note.value;
  if (note.error !== "missing") errors[name] = note.error === "too_long" ? "note_long" : "text_unfit";
  return null;
}
