import { standingOf, timeOf } from "#lib/campaign/people/checklist.ts";
import type { Move } from "#lib/campaign/people/find-moves.ts";
import { beginningOf, dayOf } from "#lib/kernel/calendar-day.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate, formatDay } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The line under a move's heading: since when it is complete; else its phase, and what that asks of them. */
export async function lineUnder(move: Move, now: Date, language: Language): Promise<string> {
  const standing = standingOf(move);
  if (standing === "ready") return phaseRange(move, language);
  if (!move.completedAt || standing === "to_do" || standing === "waiting") return phaseWords(move, now, language);
  return (await getTranslations("move"))("since", { at: formatDate(move.completedAt, language) });
}

/** "Fasa 2 · siapkan selewat-lewatnya pada 15 Disember 2026", as it stands on the day of `now`. */
async function phaseWords({ phase }: Pick<Move, "phase">, now: Date, language: Language): Promise<string> {
  const t = await getTranslations("move.phase");
  const time = timeOf(phase, dayOf(now));
  if (phase === null || time === "none") return t("none");
  const day = (named: string) => formatDay(beginningOf(named), language);
  const when = t(time, { from: day(phase.fromDay), until: day(phase.untilDay) });
  return t("named", { number: phase.number, when });
}

/** "1 Oktober 2026 hingga 15 Disember 2026". */
export async function phaseRange({ phase }: Pick<Move, "phase">, language: Language): Promise<string> {
  const t = await getTranslations("move.phase");
  if (phase === null) return t("none");
  const day = (named: string) => formatDay(beginningOf(named), language);
  return t("named", {
    number: phase.number,
    when: t("range", { from: day(phase.fromDay), until: day(phase.untilDay) }),
  });
}
