"use server";
import { notFound, redirect } from "next/navigation";
import { typedIn } from "#app/typed-in.ts";
import {
  changeAnnouncement,
  publishAnnouncement,
  takeDownAnnouncement,
} from "#lib/administration/announcements/change-announcements.ts";
import { readAnnouncement } from "#lib/administration/announcements/list-announcements.ts";
import { type AnnouncementWanted, parseAnnouncement } from "#lib/administration/announcements/parse-announcement.ts";
import type { Language } from "#lib/kernel/context.ts";
import { lookAgain } from "#lib/server/chosen/in-force.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { forgetTyped } from "#lib/server/sign-in/step-up.ts";
import { messages } from "#lib/text/messages.ts";
import { isOfWhoAsks, refusedAt } from "../../refused.ts";
import { conflictOf } from "../conflict.ts";
import { readVersion } from "../read-version.ts";
import { type AnnouncementField, announcementFields } from "./fields.ts";
import type { AnnouncementFormState } from "./form.tsx";
import { formOfAnnouncement } from "./form-of-announcement.ts";

const LIST = "/admin/announcements";
const pathOf = (id: string): string => `${LIST}/${id === "" ? "new" : id}`;
const announcementIn = (form: FormData): string => {
  const said = form.get("announcement");
  return typeof said === "string" && /^[\da-f-]{0,36}$/.test(said) ? said : notFound();
};

/** Publishes a new announcement, changes one, or shows how it will look: as the button that was pressed says. */
export async function saveAnnouncement(_: AnnouncementFormState, form: FormData): Promise<AnnouncementFormState> {
  const id = announcementIn(form);
  const path = pathOf(id);
  const { ctx } = await requireOfficer(path, "admin.change");
  const { language } = ctx.request;
  const { refusals, announcements } = messages[language].administration;
  const values = Object.fromEntries(announcementFields.map((name) => [name, typedIn(form, name)])) as Record<
    AnnouncementField,
    string
  >;
  const version = readVersion(form);
  const kept = { ...values, version: String(Math.max(version, 0)) };
  const wanted = parseAnnouncement(form, ctx.now());
  if (!wanted.ok) {
    const errors = Object.entries(wanted.errors).map(([name, code]) => [name, refusals[code]]);
    return { values: kept, errors: Object.fromEntries(errors) };
  }
  if (form.get("intent") === "preview")
    return { values: kept, errors: {}, preview: bothLanguages(language, wanted.value) };
  const outcome =
    id === "" ? await publishAnnouncement(ctx, wanted.value) : await changeAnnouncement(ctx, id, wanted.value, version);
  if (outcome.ok) {
    await Promise.all([lookAgain(ctx), forgetTyped()]);
    const did = "announcementId" in outcome.value ? "published" : outcome.value.changed ? "changed" : "same";
    redirect(`${LIST}?done=${did}`);
  }
  const { error } = outcome;
  if (isOfWhoAsks(error)) return refusedAt(error, path, values);
  if (error === "announcement_over") return { values: kept, errors: { textMs: refusals.announcement_over } };
  const now = (await readAnnouncement(ctx, id)) ?? notFound();
  const theirs = formOfAnnouncement(now);
  return {
    values: { ...values, version: String(now.version) },
    errors: {},
    conflict: conflictOf(
      language,
      { by: null, at: now.changedAt },
      announcementFields.map((name) => ({
        what: announcements[name],
        theirs: shownAs(language, name, theirs[name]),
        yours: shownAs(language, name, values[name]),
      })),
    ),
  };
}

const bothLanguages = (language: Language, { textMs, textEn, level }: AnnouncementWanted) =>
  (["ms", "en"] as const).map((lang) => ({
    id: lang,
    level,
    levelName: messages[lang].administration.announcements.levels[level],
    text: lang === "ms" ? textMs : textEn,
    lang: lang === language ? undefined : lang,
  }));

function shownAs(language: Language, name: AnnouncementField, value: string): string {
  const { levels } = messages[language].administration.announcements;
  if (name === "level") return Object.hasOwn(levels, value) ? levels[value as keyof typeof levels] : value;
  return name === "fromAt" || name === "untilAt" ? value.replace("T", " ") : value;
}

export async function takeDown(form: FormData): Promise<void> {
  const id = announcementIn(form);
  const path = pathOf(id);
  const { ctx } = await requireOfficer(path, "admin.change");
  const outcome = await takeDownAnnouncement(ctx, id, readVersion(form));
  if (outcome.ok) {
    await lookAgain(ctx);
    redirect(`${LIST}?done=ended`);
  }
  if (isOfWhoAsks(outcome.error)) return refusedAt(outcome.error, path);
  // As it is now, the page says why.
  redirect(outcome.error === "changed_meanwhile" ? `${path}?refused=changed_meanwhile` : path);
}
