import { sql } from "drizzle-orm";
import type { Db } from "#db/client.ts";
import { minutes, seconds } from "#lib/kernel/time.ts";
import type { Failing } from "./checks.ts";

/** A letter that has waited longer means that nobody delivers: a transport that is down is noticed before the staff call. */
const OLDEST_LETTER = minutes(15);
/** TOTP codes and 30-minute links suffer beyond it. */
const CLOCK_SKEW = seconds(30);
/** Whoever works on the queues writes down that it looked at them, every 15 to 60 seconds. */
const WORKED_WITHIN = minutes(3);

type Seen = { now: string; read_only: boolean; oldest: string | null; idle: string | null };

/**
 * Whether it is reached and takes writes, and what only it knows: what time it is there, how long the oldest letter
 * waits, and when somebody last worked on the queues.
 */
export async function lookAtDatabase(db: Db): Promise<Failing[]> {
  try {
    const { rows } = await db.execute<{ read_only: boolean }>(
      sql`select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as read_only`,
    );
    if (rows[0]?.read_only)
      return [{ check: "database", seen: "read-only: a standby, or default_transaction_read_only" }];
  } catch (fault) {
    return [{ check: "database", seen: codeOf(fault) }];
  }
  try {
    const before = Date.now();
    const { rows } = await db.execute<Seen>(sql`select extract(epoch from clock_timestamp()) * 1000 as now,
      (select extract(epoch from min(created_at)) * 1000 from letter where state = 'queued') as oldest,
      (select extract(epoch from clock_timestamp() - greatest(max(monitor_on), (select max(cron_on) from pgboss.version))) * 1000
        from pgboss.queue) as idle`);
    const after = Date.now();
    return [...queue(rows[0]), ...worker(rows[0]), ...clock(Number(rows[0]?.now), before, after)];
  } catch (fault) {
    return [{ check: "schema", seen: codeOf(fault) }];
  }
}

function queue(seen: Seen | undefined): Failing[] {
  const waits = seen?.oldest ? Number(seen.now) - Number(seen.oldest) : 0;
  return waits > OLDEST_LETTER
    ? [{ check: "queue", seen: `the oldest letter has waited for ${inMinutes(waits)} min` }]
    : [];
}

function worker(seen: Seen | undefined): Failing[] {
  const idle = seen?.idle ? Number(seen.idle) : null;
  if (idle !== null && idle <= WORKED_WITHIN) return [];
  return [{ check: "worker", seen: idle === null ? "nobody ever has" : `the last one did ${inMinutes(idle)} min ago` }];
}

/** A slow answer is no skew: the database's time lies between the moments of asking and of hearing. */
function clock(there: number, before: number, after: number): Failing[] {
  const off = there < before ? there - before : Math.max(0, there - after);
  return Math.abs(off) > CLOCK_SKEW
    ? [
        {
          check: "clock",
          seen: `the database is ${Math.abs(off / 1_000).toFixed(0)} s ${off > 0 ? "ahead" : "behind"}`,
        },
      ]
    : [];
}

const inMinutes = (ms: number): string => Math.round(ms / 60_000).toString();

/** The system's or PostgreSQL's code; never its words, which may hold an address. */
export function codeOf(fault: unknown): string {
  const { code, name } = ((fault as { cause?: unknown }).cause ?? fault) as { code?: unknown; name?: string };
  return typeof code === "string" ? code : (name ?? "unknown");
}
