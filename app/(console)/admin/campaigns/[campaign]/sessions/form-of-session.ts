import type { SessionShown } from "#lib/campaign/onsite/find-session.ts";
import type { SessionField } from "#lib/campaign/onsite/session/parse-session.ts";
import { dayOf, ZONE_AHEAD } from "#lib/kernel/calendar-day.ts";
import { after } from "#lib/kernel/time.ts";

/** `09:00` on the agency's clock. */
const timeOf = (at: Date): string => after(at, ZONE_AHEAD).toISOString().slice(11, 16);

/** A session as its form holds it; offices by their ids, apart by a blank. */
export const formOfSession = (session: SessionShown): Record<SessionField, string> => ({
  place: session.place,
  address: session.address,
  day: dayOf(session.startsAt),
  fromTime: timeOf(session.startsAt),
  untilTime: timeOf(session.endsAt),
  capacity: String(session.capacity),
  offices: session.offices.map(({ id }) => id).join(" "),
  noteMs: session.noteMs ?? "",
  noteEn: session.noteEn ?? "",
});

export const emptySession: Record<SessionField, string> = {
  place: "",
  address: "",
  day: "",
  fromTime: "09:00",
  untilTime: "16:00",
  capacity: "20",
  offices: "",
  noteMs: "",
  noteEn: "",
};
