import { minutes, seconds } from "#lib/kernel/time.ts";

/** PostgreSQL's disk_full: it could not make a table or an index larger. Full of WAL, it ends instead, which shows as `database`. */
const DISK_FULL = "53100";
/** Who does nothing but read meets it seldom. */
const DISK_REMEMBERED_FOR = minutes(2);

/**
 * Not reached or cut off (class 08), no connection to be had (53300), shut down, crashed or starting up (57P01 to 03), or, with
 * an address that leads to a standby for the moment, read-only (25006).
 */
const AWAY = /^(?:08...|57P0[123]|53300|25006)$/;
/** From the statement that failed to the answer that has to say why. */
const AWAY_REMEMBERED_FOR = seconds(2);

// The pool, the routes and the front evaluate modules separately.
const shared = globalThis as { kunciRefusals?: { fullDisk?: number; away?: number } };
shared.kunciRefusals ??= {};
const last = shared.kunciRefusals;

/** Takes in what PostgreSQL refused, by its SQLSTATE, wherever it was asked. `now` in ms since the start, here and below. */
export function noteRefusal(sqlstate: string, now: number = performance.now()): void {
  if (sqlstate === DISK_FULL) last.fullDisk = now;
  if (AWAY.test(sqlstate)) last.away = now;
}

/** Whether the database has refused something for want of room, in the last two minutes: nobody can look at its disk from here. */
export const metFullDisk = (now: number = performance.now()): boolean =>
  isWithin(last.fullDisk, DISK_REMEMBERED_FOR, now);

/** Whether it could not be reached, or took nothing, a moment ago: what fails now fails for that most likely, and soon will not. */
export const metNoDatabase = (now: number = performance.now()): boolean =>
  isWithin(last.away, AWAY_REMEMBERED_FOR, now);

const isWithin = (at: number | undefined, time: number, now: number): boolean => at !== undefined && now - at < time;
