import { eventsAbout, type Topic, topicOf, topics } from "#lib/account/activity/topics.ts";
import type { AuditType } from "#lib/audit/catalogue.ts";
import { isDay } from "#lib/kernel/calendar-day.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/**
 * Who did it: the account's owner, somebody else who was signed in, nobody who was, the portal by itself, or somebody at
 * the command line.
 */
export const doers = ["owner", "officer", "nobody", "system", "operator"] as const;
export type Doer = (typeof doers)[number];
export const outcomes = ["success", "refused"] as const;
export type Outcome = (typeof outcomes)[number];

/** What of the trail is looked at; null: all of it. */
export type TrailFilter = {
  /** On whose account. */
  whom: string | null;
  /** Done by whom. */
  who: string | null;
  by: Doer | null;
  about: Topic | AuditType | null;
  outcome: Outcome | null;
  /** Days of the agency's zone, both included: `2026-11-20`. */
  from: string | null;
  until: string | null;
};

export const everything: TrailFilter = {
  whom: null,
  who: null,
  by: null,
  about: null,
  outcome: null,
  from: null,
  until: null,
};

const among = <T extends string>(values: readonly T[], value: unknown): T | null =>
  values.find((each) => each === value) ?? null;

/** The types about a topic, by name. */
export const auditTypesAbout = (topic: Topic): AuditType[] => eventsAbout(topic).sort();

export const auditTypes = Object.keys(topicOf) as AuditType[];

/** Reads a filter out of an address. What it does not know is as if it were not there. */
export function filterIn(query: Readonly<Record<string, unknown>>): TrailFilter {
  const day = (value: unknown) => (isDay(value) ? value : null);
  return {
    whom: isUuid(query.whom) ? query.whom : null,
    who: isUuid(query.who) ? query.who : null,
    by: among(doers, query.by),
    about: among(topics, query.about) ?? among(auditTypes, query.about),
    outcome: among(outcomes, query.outcome),
    from: day(query.from),
    until: day(query.until),
  };
}

/** The filter as part of an address, empty where it is everything. */
export function queryOf(filter: TrailFilter, more: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  const query = new URLSearchParams([...given, ...Object.entries(more)]).toString();
  return query === "" ? "" : `?${query}`;
}
