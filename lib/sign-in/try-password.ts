import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { counterKey } from "#lib/throttle/consume.ts";
import { limits } from "#lib/throttle/limits.ts";
import type { Aal, Proof } from "./assurance.ts";

/** What one read gives a password post: the ceremony, the account behind it if any, and whether this try may look at the password. */
export type PasswordTry = {
  ceremonyId: string;
  step: "identify" | "prove" | "established" | "ended";
  startedAt: Date;
  required: Aal;
  proofs: Proof[];
  returnTo: string | null;
  identityIndex: string;
  accountId: string | null;
  status: AccountStatus | null;
  officialEmail: string | null;
  hash: string | null;
  deviceId: string | null;
  hasDevices: boolean;
  browser: string;
  allowed: boolean;
  failures: number;
  /** The client's address has used up its failed tries; then this one was not counted, and must not be looked at. */
  addressSpent: boolean;
  /** Seconds. */
  addressFreeIn: number;
};

/** Purpose of the counter of failed tries per client address. */
export const FAILED_TRIES = "failed-try";

const mayTry = `(t.paused_until is null or t.paused_until <= $3) and t.failures < $7`;

const tryStatement = {
  name: "password_try",
  text: `with ceremony as materialized (
      select * from sign_in_ceremony where token_digest = $1
    ), known as materialized (
      select d.id from device d join ceremony c on c.account_id = d.account_id where d.token_digest = $2 and d.signed_in_at is not null
    ), address as materialized (
      select expire from rate_limit where key = $8 and points >= $9 and expire > extract(epoch from $3::timestamptz) * 1000
    ), tried as (
      insert into password_throttle as t (identity_index, browser, failures, paused_until, allowed, last_tried_at)
      select c.identity_index, coalesce((select id::text from known), 'unknown'), 1, null, true, $3 from ceremony c where c.step = 'prove' and not exists (select 1 from address)
      on conflict (identity_index, browser) do update set
        allowed = ${mayTry},
        failures = t.failures + (${mayTry})::int,
        paused_until = case when ${mayTry} and t.failures + 1 >= $4
          then $3::timestamptz + make_interval(secs => least($6::float8, $5::float8 * power(2, least(t.failures + 1 - $4, 30))))
          else t.paused_until end,
        last_tried_at = $3
      returning browser, allowed, failures
    )
    select c.id as "ceremonyId", c.step, c.started_at as "startedAt", c.required, c.proofs, c.return_to as "returnTo", c.identity_index as "identityIndex",
      c.account_id as "accountId", a.status, a.official_email as "officialEmail", p.hash, known.id as "deviceId",
      exists (select 1 from device d where d.account_id = c.account_id and d.signed_in_at is not null) as "hasDevices",
      coalesce(tried.browser, 'unknown') as browser, coalesce(tried.allowed, false) as allowed, coalesce(tried.failures, 0) as failures,
      address.expire is not null as "addressSpent", ceil(coalesce(address.expire - extract(epoch from $3::timestamptz) * 1000, 0) / 1000)::int as "addressFreeIn"
    from ceremony c
      left join account a on a.id = c.account_id
      left join password_credential p on p.account_id = c.account_id
      left join known on true
      left join tried on true
      left join address on true`,
};

/**
 * Reads all a password post needs and counts the try as failed until it turns out right, in one statement: of any number
 * at once exactly as many reach the password as the limit lets through. Numbers nobody has are counted alike.
 * Five wrong in a row pause for a minute, doubling to 15; a hundred end it. A known browser counts on its own.
 */
export async function tryPassword(ctx: Context, ceremonyToken: string): Promise<PasswordTry | null> {
  const { freeFailures, firstPause, longestPause, disabledAfter } = limits.password;
  const device = ctx.request.deviceToken;
  const [found] = await run<PasswordTry>(ctx.db, tryStatement, [
    digest(ceremonyToken),
    device === null ? null : digest(device),
    ctx.now(),
    freeFailures,
    firstPause / 1_000,
    longestPause / 1_000,
    disabledAfter,
    counterKey(FAILED_TRIES, ctx.request.ip),
    limits.failedTriesPerAddress.points,
  ]);
  return found ?? null;
}
