import { minutes } from "#lib/kernel/time.ts";

/** PostgreSQL's disk_full: it could not make a table or an index larger. Full of WAL, it ends instead, which shows as `database`. */
const DISK_FULL = "53100";
/** Who does nothing but read meets it seldom. */
const REMEMBERED_FOR = minutes(2);

// The pool and the routes evaluate modules separately.
const shared = globalThis as { kunciDiskFull?: number };

/** Takes in what PostgreSQL refused, by its SQLSTATE, wherever it was asked: nobody can look at its disk from here. */
export function noteRefusal(sqlstate: string, now: number = performance.now()): void {
  if (sqlstate === DISK_FULL) shared.kunciDiskFull = now;
}

/** Whether the database has refused something for want of room, in the last two minutes. `now` in ms since the start. */
export const metFullDisk = (now: number = performance.now()): boolean =>
  shared.kunciDiskFull !== undefined && now - shared.kunciDiskFull < REMEMBERED_FOR;
