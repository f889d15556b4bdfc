import { announcementLevels } from "#lib/administration/announcements/announcement.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";

export const levelOptions = (language: Language): { value: string; label: string }[] =>
  announcementLevels.map((value) => ({
    value,
    label: messages[language].administration.announcements.levels[value],
  }));
