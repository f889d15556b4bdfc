import { announcementLevels } from "#db/schema/administration.ts";
import { field, paragraphs } from "#lib/kernel/plain-text.ts";
import { type Duration, days } from "#lib/kernel/time.ts";
import { parseAgencyTime } from "./agency-time.ts";
import type { AnnouncementLevel } from "./announcement.ts";

export type AnnouncementWanted = {
  textMs: string;
  textEn: string;
  level: AnnouncementLevel;
  fromAt: Date;
  untilAt: Date | null;
};
export type AnnouncementField = "textMs" | "textEn" | "level" | "fromAt" | "untilAt";
export type AnnouncementFieldRefusal =
  | "announcement_missing"
  | "announcement_long"
  | "announcement_text"
  | "announcement_level"
  | "time_shape"
  | "time_far"
  | "until_before_from"
  | "until_over";

/** Two lines on a phone are read; more are not. */
const ANNOUNCEMENT_MAX = 300;
const FURTHEST: Duration = days(366);

/** Reads the form of an announcement: words in both languages, how grave it is, from when and until when. */
export function parseAnnouncement(
  form: FormData,
  now: Date,
):
  | { ok: true; value: AnnouncementWanted }
  | { ok: false; errors: Partial<Record<AnnouncementField, AnnouncementFieldRefusal>> } {
  const errors: Partial<Record<AnnouncementField, AnnouncementFieldRefusal>> = {};
  const [textMs, textEn] = (["textMs", "textEn"] as const).map((name) => {
    const text = paragraphs(form, name, { max: ANNOUNCEMENT_MAX });
    // A banner has no paragraphs: what was broken into lines is read on.
    if (text.ok) return text.value.replace(/\s+/g, " ");
    errors[name] = wordsRefusal(text.error);
    return "";
  });
  const level = announcementLevels.find((known) => known === form.get("level"));
  if (!level) errors.level = "announcement_level";
  const fromAt = moment(form, "fromAt") ?? now;
  const untilAt = moment(form, "untilAt");
  for (const [name, at] of [
    ["fromAt", fromAt],
    ["untilAt", untilAt],
  ] as const) {
    if (at === "wrong") errors[name] = "time_shape";
    else if (at !== null && Math.abs(at.getTime() - now.getTime()) > FURTHEST) errors[name] = "time_far";
  }
  if (fromAt === "wrong" || untilAt === "wrong" || !level || textMs === undefined || textEn === undefined)
    return { ok: false, errors };
  if (untilAt !== null && !errors.untilAt) {
    if (untilAt <= now) errors.untilAt = "until_over";
    else if (untilAt <= fromAt) errors.untilAt = "until_before_from";
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, value: { textMs, textEn, level, fromAt, untilAt } };
}

function wordsRefusal(error: string): AnnouncementFieldRefusal {
  if (error === "missing") return "announcement_missing";
  return error === "too_long" ? "announcement_long" : "announcement_text";
}

function moment(form: FormData, name: string): Date | null | "wrong" {
  const typed = field(form, name, { max: 40 });
  if (!typed.ok) return typed.error === "missing" ? null : "wrong";
  return parseAgencyTime(typed.value) ?? "wrong";
}
