import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { lookAgainEvery } from "#lib/kernel/look-again.ts";
import { type Duration, seconds } from "#lib/kernel/time.ts";

const LOOKED_AT_EVERY = seconds(5);
/** Clocks that are set by NTP differ by milliseconds; a difference this small stays as it is, so that time never steps for nothing. */
const UNNOTICED = seconds(1);
/** A look that took longer tells nothing: the database's answer is as old as that. */
const LONGEST_LOOK = seconds(2);

// The front and the bundled application evaluate this file separately; there is one clock in a process.
const shared = globalThis as { kunciClock?: { behind: Duration } };

/**
 * What time it is: the same for every instance, as their one database has it. A machine whose own clock is wrong by a minute or
 * two would otherwise open links and sessions that are over, refuse right codes of authenticator apps, and count limits apart
 * from the others. The machine's own time where it agrees, or before the first look.
 */
export const portalNow = (): Date => new Date(Date.now() + (shared.kunciClock?.behind ?? 0));

export type ClockLook = {
  /** How far this machine's clock is behind the database's; negative where it is ahead. Null: the look took too long to tell. */
  behind: Duration | null;
  /** Whether the portal's time has changed with it. */
  stepped: boolean;
};

/** Compares this machine's clock with the database's, and goes by the latter's from now on. */
export async function lookAtClock(db: Db): Promise<ClockLook> {
  const asked = Date.now();
  const { rows } = await db.execute<{ now: string }>(sql`select extract(epoch from clock_timestamp()) * 1000 as now`);
  const took = Date.now() - asked;
  // A clock that was set meanwhile shows as a look that took no time, or forever.
  if (took < 0 || took > LONGEST_LOOK) return { behind: null, stepped: false };
  const behind = Math.round(Number(rows[0]?.now) - (asked + took / 2)) as Duration;
  const known = shared.kunciClock?.behind ?? 0;
  const stepped = Math.abs(behind - known) > UNNOTICED;
  if (stepped) shared.kunciClock = { behind: Math.abs(behind) > UNNOTICED ? behind : seconds(0) };
  return { behind, stepped };
}

/**
 * Goes by the database's clock until it is stopped: looks now and every five seconds. `stepped` hears of each correction;
 * while the database is away the last one stays.
 */
export async function followClock(
  db: Db,
  on: { stepped: (behind: Duration) => void; failed: (fault: unknown) => void },
): Promise<{ stop: () => void }> {
  const look = async (): Promise<void> => {
    const { behind, stepped } = await lookAtClock(db);
    if (stepped && behind !== null) on.stepped(behind);
  };
  await look();
  return lookAgainEvery(LOOKED_AT_EVERY, look, on.failed);
}
