import { type CampaignLetterKind, campaignLetterKinds } from "#db/schema/campaign.ts";
import type { LetterText } from "../find-campaign.ts";
import { type AboutFieldRefusal, parseWords } from "./parse-about.ts";

/** A letter's field as its form names it: `invitation.subjectMs`. */
export type LetterField = `${CampaignLetterKind}.${keyof LetterText}`;
const parts = ["subjectMs", "bodyMs", "subjectEn", "bodyEn"] as const satisfies readonly (keyof LetterText)[];
/** In the order of the page. */
export const letterFields: readonly LetterField[] = campaignLetterKinds.flatMap((kind) =>
  parts.map((part): LetterField => `${kind}.${part}`),
);

/** In code points: a subject is read on a phone, and a letter in a minute. */
const SUBJECT_MOST = 120;
const BODY_MOST = 2_000;
export type LetterErrors = Partial<Record<LetterField, AboutFieldRefusal>>;
export type Letters = Record<CampaignLetterKind, LetterText>;

const isBody = (name: LetterField): boolean => name.includes(".body");
const mostOf = Object.fromEntries(
  letterFields.map((name) => [name, isBody(name) ? BODY_MOST : SUBJECT_MOST]),
) as Record<LetterField, number>;

/** Reads what a campaign's letters say, in both languages: plain text, paragraphs apart by an empty line. */
export function parseLetters(form: FormData): { ok: true; value: Letters } | { ok: false; errors: LetterErrors } {
  const read = parseWords<LetterField>(form, letterFields, mostOf, new Set(letterFields.filter(isBody)));
  if (!read.ok) return read;
  const textOf = (kind: CampaignLetterKind): LetterText => ({
    subjectMs: read.value[`${kind}.subjectMs`],
    subjectEn: read.value[`${kind}.subjectEn`],
    bodyMs: read.value[`${kind}.bodyMs`],
    bodyEn: read.value[`${kind}.bodyEn`],
  });
  return { ok: true, value: { invitation: textOf("invitation"), reminder: textOf("reminder") } };
}
