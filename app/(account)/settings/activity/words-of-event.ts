import type { Activity, Place } from "#lib/account/activity/list-activity.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { LetterKind, SecurityChange } from "#lib/mail/letters.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { translatorOf } from "#lib/text/translator-of.ts";

/** A line of the activity as a person reads it. `why`: of what was refused, or where a letter went. */
export type WordsOfEvent = { what: string; why: string | null; from: string[]; who: string };

/**
 * Puts lines of the activity into the reader's words. Every type of event, and every reason of the catalogue, has
 * words in both languages, or this does not compile.
 */
export function wordsOfEvents(language: Language): (line: Activity) => WordsOfEvent {
  const t = translatorOf(language, "activity");
  const ways = translatorOf(language, "sessions.ways");
  const mail = translatorOf(language, "mail.securityChange.what");

  const letterName = (kind: string, change: string | null): string =>
    kind === "security_change" && change !== null ? mail(change as SecurityChange) : t(`letters.${kind as LetterKind}`);

  function whatOf({ event, letter, who }: Activity): string {
    const facts: Record<string, string | number> = { who };
    for (const [name, value] of Object.entries(event))
      if (value !== null) facts[name] = typeof value === "number" ? value : String(value);
    if ("factor" in event) facts.factor = ways(event.factor);
    if ("role" in event) facts.role = t(`roles.${event.role}`);
    if ("letterId" in event) facts.letter = letterName(event.kind, letter?.change ?? null);
    // The release after this one may have written what only it can tell: this one came back beside it.
    return t.has(`events.${event.type}`) ? t(`events.${event.type}`, facts).trim() : t("ofAnotherRelease");
  }

  function whyOf({ event, letter }: Activity): string | null {
    // A transport's own words on why are for the helpdesk.
    if (event.type !== "letter.refused" && event.type !== "letter.bounced" && "reason" in event)
      return t.has(`reasons.${event.reason}`) ? t(`reasons.${event.reason}`) : null;
    return letter && t("sentTo", { to: letter.to });
  }

  const placeOf = ({ device, browser, otherNetwork }: Place): string[] => [
    deviceIn(language, device),
    ...(browser ? [t(`browser.${browser}`)] : []),
    otherNetwork ? t("otherNetwork", { address: otherNetwork }) : t("sameNetwork"),
  ];

  return (line) => ({
    what: whatOf(line),
    why: whyOf(line),
    from: line.place ? placeOf(line.place) : [],
    who: t(`who.${line.who}`),
  });
}
