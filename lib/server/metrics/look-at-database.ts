import type { Db } from "#db/client.ts";
import { type Duration, seconds } from "#lib/kernel/time.ts";

/** What all instances share, as the database has it. Times in seconds; null where there is nothing to be old. */
export type DatabaseFigures = {
  /** How far this machine's clock is ahead. */
  ahead: number;
  lettersQueued: number;
  oldestLetter: number | null;
  oldestUnsealed: number | null;
  /** When a worker last counted the queues: none does where every instance has WORKER=off. */
  queuesCounted: number | null;
  /** When a key that something is still under stopped writing, by purpose: the oldest one of each. */
  keysReplaced: Record<string, number>;
  /** Instances that hold keys and were seen within a minute and a half, and those among them that work on the queues. */
  instances: { all: number; working: number };
  connections: number;
  size: number;
  accounts: Record<string, number>;
  /** The deployment's own keys by state (`keys/key-life.ts`). */
  keys: Record<string, number>;
  queues: Record<string, { waiting: number; later: number; active: number; failed: number; oldest: number | null }>;
};

/**
 * One statement, by indexes alone: letters and jobs that wait (few, or the index of what waits is read), the first event after
 * the last seal, and counts that others keep. Jobs at work and failed are pg-boss's own count, some 15 s old; the queues that it
 * keeps for itself (`__`) are left out.
 */
const statement = {
  name: "metrics_database",
  text: `with waiting as (
      select name, count(*) filter (where start_after <= now())::int as waiting, count(*) filter (where start_after > now())::int as later,
        extract(epoch from now() - min(start_after) filter (where start_after <= now()))::float8 as oldest
      from pgboss.job where state < 'active' and not blocked and name !~ '^__' group by name
    )
    select extract(epoch from clock_timestamp())::float8 as now,
      l.queued as "lettersQueued", l.oldest as "oldestLetter",
      (select extract(epoch from now() - e.at)::float8 from audit_event e
        where e.id > coalesce((select s.last_id from audit_seal s order by s.number desc limit 1), 0) order by e.id limit 1) as "oldestUnsealed",
      (select extract(epoch from max(monitor_on))::float8 from pgboss.queue) as "queuesCounted",
      (select coalesce(jsonb_object_agg(purpose, replaced), '{}') from (
        select purpose, extract(epoch from min(writes_until))::float8 as replaced from key_check
        where writes_until is not null and spent_at is null group by purpose) k) as "keysReplaced",
      (select jsonb_build_object('all', count(*), 'working', count(*) filter (where works)) from instance
        where seen_at > now() - interval '90 seconds') as instances,
      (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
      pg_database_size(current_database())::float8 as size,
      (select coalesce(jsonb_object_agg(status, counted), '{}') from (select status, sum(count) as counted from account_count group by status) a) as accounts,
      (select jsonb_build_object('waits', count(*) filter (where writes_since is null),
          'writes', count(*) filter (where writes_since is not null and writes_until is null),
          'reads', count(*) filter (where writes_until is not null and spent_at is null),
          'spent', count(*) filter (where writes_until is not null and spent_at is not null)) from key_check) as keys,
      (select coalesce(jsonb_object_agg(q.name, jsonb_build_object('waiting', coalesce(w.waiting, 0), 'later', coalesce(w.later, 0),
          'active', q.active_count, 'failed', q.failed_count, 'oldest', w.oldest)), '{}')
        from pgboss.queue q left join waiting w using (name) where q.name !~ '^__') as queues
    from (select count(*)::int as queued, extract(epoch from now() - min(created_at))::float8 as oldest from letter where state = 'queued') l`,
};

/** However many ask, the database is asked once in this time. */
const KEPT_FOR = seconds(5);
/** Whoever asks for metrics is answered without these rather than late: that is when they are needed most. */
const PATIENCE = seconds(2);

export type Look = () => Promise<DatabaseFigures | null>;

/** The figures, at most some seconds old; null where the database does not answer in time. */
export function lookAtDatabase(
  db: Pick<Db, "$client">,
  { now = Date.now, patience = PATIENCE }: { now?: () => number; patience?: Duration } = {},
): Look {
  let last: { found: Promise<DatabaseFigures | null>; until: number } | undefined;
  const ask = async (): Promise<DatabaseFigures | null> => {
    try {
      const asked = now();
      const { rows } = await db.$client.query<Omit<DatabaseFigures, "ahead"> & { now: number }>(statement);
      // Somewhere between question and answer: the middle is at most half of what both took beside the truth.
      return rows[0] ? { ...rows[0], ahead: (asked + now()) / 2_000 - rows[0].now } : null;
    } catch {
      return null;
    }
  };
  return () => {
    // One kept for longer than any is was found before the clock was set back.
    const isOld = last && (last.until <= now() || (Number.isFinite(last.until) && last.until > now() + KEPT_FOR));
    if (!last || isOld) {
      const mine = { found: ask(), until: Number.POSITIVE_INFINITY };
      last = mine;
      const keep = (): void => void Object.assign(mine, { until: now() + KEPT_FOR });
      void mine.found.then(keep);
    }
    const late = new Promise<null>((give) => setTimeout(give, patience, null).unref());
    return Promise.race([last.found, late]);
  };
}
