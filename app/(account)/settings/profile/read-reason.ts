import type { Language } from "#lib/kernel/context.ts";
import { field } from "#lib/kernel/plain-text.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { refusalWords } from "#lib/text/refusal-words.ts";

/** In code points: a few sentences. */
export const REASON_MAX = 500;

/** `reason`: undefined where they gave none. `typed`: for showing it again. `message`: what is wrong with it. */
type ReasonRead = { reason: string | undefined; typed: string; message: string | null };

/** A reason in a person's own words, its lines made one. */
export async function readReason(form: FormData, language: Language): Promise<ReasonRead> {
  const given = form.getAll("reason");
  const inOne = new FormData();
  for (const each of given)
    inOne.append("reason", typeof each === "string" ? each.replace(/[\t ]*\r?\n[\t ]*/g, " ") : each);
  const read = field(inOne, "reason", { max: REASON_MAX });
  const typed = typeof given[0] === "string" ? given[0].slice(0, 4 * REASON_MAX) : "";
  if (read.ok || read.error === "missing") return { reason: read.ok ? read.value : undefined, typed, message: null };
  const t = await getTranslations("requests");
  const message =
    read.error === "too_long" ? t("reasonTooLong", { max: REASON_MAX }) : refusalWords(language)(read.error);
  return { reason: undefined, typed, message };
}
