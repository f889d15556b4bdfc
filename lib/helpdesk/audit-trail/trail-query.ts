import { type SQL, sql } from "drizzle-orm";
import { eventsAbout, topics } from "#lib/account/activity/topics.ts";
import { beginningOf, endOf } from "#lib/kernel/calendar-day.ts";
import type { TrailFilter } from "./trail-filter.ts";

const conditionOf = {
  owner: sql`e.actor_kind = 'account' and e.actor_id = e.account_id`,
  officer: sql`e.actor_kind = 'account' and e.actor_id is distinct from e.account_id`,
  nobody: sql`e.actor_kind = 'nobody'`,
  system: sql`e.actor_kind = 'system'`,
  operator: sql`e.actor_kind = 'operator'`,
} as const;

/**
 * Only what is asked for stands in the statement, so that PostgreSQL takes the index that fits: by account, by who did it,
 * by type, else by time.
 */
export function trailWhere({ whom, who, by, about, outcome, from, until }: TrailFilter): SQL {
  const conditions: SQL[] = [sql`true`];
  if (whom) conditions.push(sql`e.account_id = ${whom}`);
  if (who) conditions.push(sql`e.actor_id = ${who}`);
  if (by) conditions.push(conditionOf[by]);
  if (about) {
    const topic = topics.find((each) => each === about);
    conditions.push(topic ? sql`e.type in ${eventsAbout(topic)}` : sql`e.type = ${about}`);
  }
  if (outcome) conditions.push(sql`e.outcome = ${outcome}`);
  if (from) conditions.push(sql`e.at >= ${beginningOf(from)}`);
  if (until) conditions.push(sql`e.at < ${endOf(until)}`);
  return sql.join(conditions, sql` and `);
}

/** Older than an event, in the order of the trail: by time, and by number within one moment. */
export const olderThan = (id: number): SQL =>
  sql`(e.at, e.id) < (select p.at, p.id from audit_event p where p.id = ${id})`;
