import { wordsOfEvents } from "#app/(account)/settings/activity/words-of-event.ts";
import type { AuditType } from "#lib/audit/catalogue.ts";
import type { TrailEvent } from "#lib/helpdesk/audit-trail/search-trail.ts";
import { auditTypes } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import type { Context } from "#lib/kernel/context.ts";
import { translatorOf } from "#lib/text/translator-of.ts";

type Language = Context["request"]["language"];
/** A translator asked for words that only some events have. */
type Loose = { (key: string, facts: Record<string, string | number>): string; has: (key: string) => boolean };

/**
 * An event in the words of the owner's own activity, or in others where those speak to the owner. An event of another
 * version of the portal is told by its type alone.
 */
export function wordsOfTrail(language: Language): (event: TrailEvent) => { what: string; why: string | null } {
  const ofOwner = wordsOfEvents(language);
  const t = translatorOf(language, "audit");
  const activity = translatorOf(language, "activity");
  // Only some events have words of their own here.
  const own = t as unknown as Loose;
  return ({ id, at, event, refused, data }) => {
    if (!auditTypes.includes(event.type)) return { what: event.type, why: null };
    const line = { id, at, event, refused, who: "system", place: null, letter: null } as const;
    const { what, why } = ofOwner(line);
    const key = `events.${event.type}`;
    if (!own.has(key)) return { what, why };
    const facts = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
    if ("role" in event) facts.role = activity(`roles.${event.role}`);
    return { what: own(key, facts), why };
  };
}

/** What the words of events speak of, where no event is at hand: the plain branch of each choice, and "…" for a name. */
const anyFacts = {
  ...Object.fromEntries(
    ["how", "why", "which", "kind", "field", "by", "who", "on", "replaced", "newDevice", "part"].map((name) => [
      name,
      "other",
    ]),
  ),
  ...Object.fromEntries(["factor", "letter", "role", "right", "system", "serial", "place"].map((name) => [name, "…"])),
  left: 0,
};

/** A type of event in words, for choosing among them. */
export function nameOfType(language: Language): (type: AuditType) => string {
  const own = translatorOf(language, "audit") as unknown as Loose;
  const activity = translatorOf(language, "activity") as unknown as Loose;
  return (type) => {
    const key = `events.${type}`;
    return (own.has(key) ? own : activity)(key, anyFacts).trim();
  };
}
