import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import type { Tx } from "#db/client.ts";

const senders = new Map<string, PgBoss>();

/**
 * Leaves work for the jobs, in the transaction it belongs to: committed it is taken up within tens of milliseconds, rolled back
 * never. The sending side of pg-boss is never started and has no connections of its own, so a request pays one statement.
 * It reads a queue's settings in the first transaction that sends to it, and is kept only when that worked: one for each queue,
 * since it would read those of another in a transaction that is over. `startAfter`: not before then, by the database's clock.
 */
export async function sendJob<Job extends object>(
  tx: Tx,
  queue: string,
  job: Job,
  id: string,
  { startAfter }: { startAfter?: Date } = {},
): Promise<void> {
  const db = fromDrizzle(tx, sql);
  const boss = senders.get(queue) ?? new PgBoss({ db });
  await boss.send(queue, job, { id, db, ...(startAfter && { startAfter }) });
  senders.set(queue, boss);
}

/** Many at once, in one statement however many; none costs none. */
export async function sendJobs<Job extends object>(
  tx: Tx,
  queue: string,
  jobs: readonly { id: string; data: Job; startAfter?: Date }[],
): Promise<void> {
  if (jobs.length === 0) return;
  const db = fromDrizzle(tx, sql);
  const boss = senders.get(queue) ?? new PgBoss({ db });
  await boss.insert(queue, [...jobs], { db });
  senders.set(queue, boss);
}
