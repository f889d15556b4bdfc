import { createTranslator } from "next-intl";
import { wordsOfEvents } from "#app/(account)/settings/activity/words-of-event.ts";
import type { TrailEvent } from "#lib/helpdesk/audit-trail/search-trail.ts";
import { auditTypes } from "#lib/helpdesk/audit-trail/trail-filter.ts";
import type { Context } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";

type Language = Context["request"]["language"];

/**
 * An event in the words of the owner's own activity, or in others where those speak to the owner. An event of another
 * version of the portal is told by its type alone.
 */
export function wordsOfTrail(language: Language): (event: TrailEvent) => { what: string; why: string | null } {
  const ofOwner = wordsOfEvents(language);
  const t = createTranslator({ locale: language, messages: messages[language], namespace: "audit" });
  const activity = createTranslator({ locale: language, messages: messages[language], namespace: "activity" });
  // Only some events have words of their own here.
  const own = t as unknown as { (key: string, facts: Record<string, string>): string; has: (key: string) => boolean };
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
