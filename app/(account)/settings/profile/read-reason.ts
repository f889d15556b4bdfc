import { field, type TextRefusal } from "#lib/kernel/plain-text.ts";
import { ok, type Result } from "#lib/kernel/result.ts";

/** In code points: a few sentences. */
export const REASON_MAX = 500;

/** A reason in a person's own words, its lines made one; undefined where they gave none. */
export function readReason(form: FormData): Result<string | undefined, TextRefusal> {
  const typed = form.getAll("reason");
  const inOne = new FormData();
  for (const each of typed)
    inOne.append("reason", typeof each === "string" ? each.replace(/[\t ]*\r?\n[\t ]*/g, " ") : each);
  const read = field(inOne, "reason", { max: REASON_MAX });
  return !read.ok && read.error === "missing" ? ok(undefined) : read;
}

/** What was typed, for showing it again: nothing where it was no text. */
export function shownReason(form: FormData): string {
  const [typed] = form.getAll("reason");
  return typeof typed === "string" ? typed.slice(0, 4 * REASON_MAX) : "";
}
