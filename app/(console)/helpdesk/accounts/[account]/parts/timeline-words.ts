import { wordsOfEvents } from "#app/(account)/settings/activity/words-of-event.ts";
import type { TimelineLine } from "#lib/helpdesk/account/list-timeline.ts";
import { troubleOf } from "#lib/helpdesk/diagnosis/trouble-of.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";
import { translatorOf } from "#lib/text/translator-of.ts";

type Own = keyof (typeof messages)["ms"]["diagnosis"]["timeline"]["events"];

/** A line of the timeline in an officer's words; what is said to its owner as "you" is said of them. */
export type WordsOfLine = { what: string; why: string | null; from: string[]; by: string[]; because: string | null };

export function wordsOfTimeline(language: Language): (line: TimelineLine) => WordsOfLine {
  const t = translatorOf(language, "diagnosis.timeline");
  const letters = messages[language].diagnosis.letters.reasons;
  const wordsOf = wordsOfEvents(language);
  const own = messages[language].diagnosis.timeline.events;

  function byWhom({ who, by }: TimelineLine): string[] {
    if (who === "officer") return [by ? t("by", { name: by }) : t("byOperator")];
    return who === "system" ? [t("bySystem")] : [];
  }

  return (line) => {
    const { event } = line;
    const { what, why, from } = wordsOf(line);
    const key = event.type.replace(".", "_");
    const place = from.slice(0, 1);
    const facts = "why" in event ? { why: event.why } : {};
    const failed =
      event.type === "letter.refused" || event.type === "letter.bounced"
        ? letters[troubleOf({ state: "bounced", reason: event.reason })]
        : null;
    return {
      what: key in own ? t(`events.${key as Own}`, facts as never).trim() : what,
      why: failed && line.letter ? `${failed}: ${line.letter.to}` : why,
      from: place,
      by: byWhom(line),
      because: line.because === null ? null : t("because", { reason: line.because }),
    };
  };
}
