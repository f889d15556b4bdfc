import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "#db/client.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Allowance } from "./limits.ts";

const limiters = new WeakMap<Db, Map<string, RateLimiterPostgres>>();

/**
 * One limiter per database and purpose; rate-limiter-flexible counts in one statement, exact under parallel callers.
 */
function limiterOf(db: Db, purpose: string, allowance: Allowance): RateLimiterPostgres {
  const ofDb = limiters.get(db) ?? new Map<string, RateLimiterPostgres>();
  limiters.set(db, ofDb);
  const known = ofDb.get(purpose);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: db.$client,
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: purpose,
    points: allowance.points,
    duration: allowance.window / 1_000,
  });
  ofDb.set(purpose, made);
  return made;
}

export type Limited = Result<null, "too_many"> & { retryAfterSeconds?: number };

const limited = (left: RateLimiterRes): Limited => ({
  ...refuse("too_many"),
  retryAfterSeconds: Math.max(1, Math.ceil(left.msBeforeNext / 1_000)),
});

/** Gives one back: what was counted as wrong before it was looked at turned out right. */
export async function giveBackOne(db: Db, purpose: string, key: string, allowance: Allowance): Promise<void> {
  await limiterOf(db, purpose, allowance).reward(key, 1);
}

/**
 * Spends one of an allowance, counted in the database. Refuses `too_many`, with the seconds until the next is possible.
 */
export async function consume(db: Db, purpose: string, key: string, allowance: Allowance): Promise<Limited> {
  try {
    await limiterOf(db, purpose, allowance).consume(key);
    return ok(null);
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return limited(rejected);
    throw rejected;
  }
}
