import { field } from "#lib/kernel/plain-text.ts";

/** A question in both languages. */
export type QuestionWanted = { textMs: string; textEn: string };
export type QuestionFieldRefusal = "question_missing" | "question_long" | "question_text";

const QUESTION_MAX = 120;

/** Reads the form of a question. A missing question mark is added: it is read aloud as one. */
export function parseQuestion(
  form: FormData,
):
  | { ok: true; value: QuestionWanted }
  | { ok: false; errors: Partial<Record<keyof QuestionWanted, QuestionFieldRefusal>> } {
  const errors: Partial<Record<keyof QuestionWanted, QuestionFieldRefusal>> = {};
  const read = (name: keyof QuestionWanted): string => {
    const text = field(form, name, { max: QUESTION_MAX });
    if (text.ok) return text.value.endsWith("?") ? text.value : `${text.value}?`;
    errors[name] =
      text.error === "missing" ? "question_missing" : text.error === "too_long" ? "question_long" : "question_text";
    return "";
  };
  const value = { textMs: read("textMs"), textEn: read("textEn") };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value };
}
