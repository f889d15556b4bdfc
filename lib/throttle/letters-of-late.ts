import { and, count, gt, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";
import { before, hours, minutes } from "#lib/kernel/time.ts";
import { limits } from "./limits.ts";

/** How many letters went out, or were owed, in the last minute and in the last hour. */
export type LettersOfLate = { aMinute: number; anHour: number };

/** Counts them by the rows of `table` that are meant. Exact where the caller holds what the rows belong to. */
export async function countLetters(
  tx: Tx,
  table: PgTable & { createdAt: PgColumn },
  meant: SQL | undefined,
  now: Date,
): Promise<LettersOfLate> {
  const recent = gt(table.createdAt, before(now, minutes(1)));
  const [row] = await tx
    .select({ anHour: count(), aMinute: sql<number>`count(*) filter (where ${recent})`.mapWith(Number) })
    .from(table as PgTable)
    .where(and(meant, gt(table.createdAt, before(now, hours(1)))));
  return row ?? { aMinute: 0, anHour: 0 };
}

/** Whether another one may go: the ceiling of every kind of letter. */
export const mayGoAfter = (sent: LettersOfLate): boolean =>
  sent.aMinute < limits.letters.aMinute && sent.anHour < limits.letters.anHour;
