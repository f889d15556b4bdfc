import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Duration } from "#lib/kernel/time.ts";
import type { Limited } from "./consume.ts";
import { countedAs } from "./counted-as.ts";
import { limits } from "./limits.ts";

const { points, window: WINDOW } = limits.failedTriesPerAddress;

/** Where the failed tries of the request's address are counted: one IPv4 address, or the /64 of one IPv6 line. */
export const failedTriesKey = (ctx: Context): string => `failed-try:${countedAs(ctx.request.ip)}`;

/**
 * Counts one try in a statement, in the table of the other limits: `key` and `now` name parameters of the statement it is part of.
 * A window that ran out begins anew; without a `window` of its own it is that of wrong tries. Returns `points`, this try included,
 * and `expire` in epoch milliseconds.
 */
export const countTry = (
  key: string,
  now: string,
  { when = "true", window = WINDOW }: { when?: string; window?: Duration } = {},
): string => `
  insert into rate_limit as r (key, points, expire)
  select ${key}::text, 1, (extract(epoch from ${now}::timestamptz) * 1000)::bigint + ${window} where ${when}
  on conflict (key) do update set
    points = case when r.expire <= extract(epoch from ${now}::timestamptz) * 1000 then 1 else r.points + 1 end,
    expire = case when r.expire <= extract(epoch from ${now}::timestamptz) * 1000 then excluded.expire else r.expire end
  returning points, expire`;

export const giveBack = (key: string, now: string, when = "true"): string => `
  update rate_limit set points = points - 1
  where key = ${key} and points > 0 and expire > extract(epoch from ${now}::timestamptz) * 1000 and ${when}`;

/** How many tries a minute may be counted before the next one is refused unlooked at. */
export const TRIES_ALLOWED = points;

/** Whole seconds until a window that ends at `expire` is over, at least one. */
export const secondsUntil = (ctx: Context, expire: number): number =>
  Math.max(1, Math.ceil((expire - ctx.now().getTime()) / 1_000));

const spend = { name: "failed_try_spend", text: countTry("$1", "$2") };
const refund = { name: "failed_try_refund", text: giveBack("$1", "$2") };

/**
 * Counts a try of this address as failed before it is looked at, so that of any number at once no more than the limit are.
 * What turns out right is given back by `refundTry`. Refuses `too_many`, with the seconds until the next.
 */
export async function spendTry(ctx: Context): Promise<Limited> {
  const [counted] = await run<{ points: number; expire: string }>(ctx.db, spend, [failedTriesKey(ctx), ctx.now()]);
  if (!counted || counted.points <= TRIES_ALLOWED) return { ok: true, value: null };
  return { ok: false, error: "too_many", retryAfterSeconds: secondsUntil(ctx, Number(counted.expire)) };
}

export async function refundTry(ctx: Context): Promise<void> {
  await run(ctx.db, refund, [failedTriesKey(ctx), ctx.now()]);
}
