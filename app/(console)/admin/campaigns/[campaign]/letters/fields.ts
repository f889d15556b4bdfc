import type { LetterField } from "#lib/campaign/definition/parse/parse-letters.ts";

export type { LetterField };
export const letterKinds = ["invitation", "reminder"] as const;
export const letterLanguages = ["ms", "en"] as const;
/** In the order of the page. */
export const letterFields = [
  "invitation.subjectMs",
  "invitation.bodyMs",
  "invitation.subjectEn",
  "invitation.bodyEn",
  "reminder.subjectMs",
  "reminder.bodyMs",
  "reminder.subjectEn",
  "reminder.bodyEn",
] as const satisfies readonly LetterField[];
