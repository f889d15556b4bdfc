import { run } from "#db/named.ts";
import { passwordCredentialId } from "#lib/authenticators/password/credential-id.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { before } from "#lib/kernel/time.ts";
import { countTry, failedTriesKey, TRIES_ALLOWED } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type Attempt, type AttemptRow, attemptColumns, attemptOf } from "./attempt.ts";
import { SIGN_IN_LIFETIME } from "./ceremony.ts";

/**
 * What one read gives a password post: the sign-in, the account behind it if any, and whether this try may look at the
 * password.
 */
export type PasswordTry = {
  attempt: Attempt;
  hash: string | null;
  /** What its proof names: that very password. */
  credential: string | null;
  browser: string;
  allowed: boolean;
  failures: number;
  /**
   * The client's address has used up its failed tries: this one must not be looked at. A known browser has its own
   * count.
   */
  addressSpent: boolean;
  /** Epoch milliseconds. */
  addressFreeAt: string | null;
  /** The security phrase is shown in this browser, and nobody has ticked that it is theirs: nothing was counted. */
  phraseFirst: boolean;
};

const mayTry = `(t.paused_until is null or t.paused_until <= $3) and t.failures < $7`;

const tryStatement = {
  name: "password_try",
  text: `with ceremony as materialized (
      select * from sign_in_ceremony where token_digest = $1 and step = 'prove' and started_at > $10
    ), known as materialized (
      select d.id from device d join ceremony c on c.account_id = d.account_id where d.token_digest = $2 and d.signed_in_at is not null
    ), phrase as materialized (
      select 1 from ceremony c join security_phrase p on p.account_id = c.account_id
      where c.phrase_confirmed_at is null and exists (select 1 from known)
    ), address as (
      ${countTry("$8", "$3", { when: "exists (select 1 from ceremony) and not exists (select 1 from phrase)" })}
    ), tried as (
      insert into password_throttle as t (identity_index, browser, failures, paused_until, allowed, last_tried_at)
      select c.identity_index, coalesce((select id::text from known), 'unknown'), 1, null, true, $3 from ceremony c where ((select points from address) <= $9 or exists (select 1 from known)) and not exists (select 1 from phrase)
      on conflict (identity_index, browser) do update set
        allowed = ${mayTry},
        failures = t.failures + (${mayTry})::int,
        paused_until = case when ${mayTry} and t.failures + 1 >= $4
          then $3::timestamptz + make_interval(secs => least($6::float8, $5::float8 * power(2, least(t.failures + 1 - $4, 30))))
          else t.paused_until end,
        last_tried_at = $3
      returning browser, allowed, failures
    )
    select ${attemptColumns}, p.hash, ${passwordCredentialId} as credential, coalesce(tried.browser, 'unknown') as browser, coalesce(tried.allowed, false) as allowed, coalesce(tried.failures, 0) as failures,
      coalesce(address.points > $9 and known.id is null, false) as "addressSpent", address.expire as "addressFreeAt",
      exists (select 1 from phrase) as "phraseFirst"
    from ceremony c
      left join account a on a.id = c.account_id
      left join password_credential p on p.account_id = c.account_id and p.disabled_at is null
      left join known on true
      left join tried on true
      left join address on true`,
};

/**
 * Reads all a password post needs and counts the try as failed until it turns out right, in one statement: of any
 * number at once exactly as many reach the password as the limit lets through. Numbers nobody has are counted alike.
 * Five wrong in a row pause for a minute, doubling to 15; a hundred end it. A known browser counts on its own.
 */
export async function tryPassword(ctx: Context, ceremonyToken: string): Promise<PasswordTry | null> {
  const { freeFailures, firstPause, longestPause, disabledAfter } = limits.password;
  const device = ctx.request.deviceToken;
  const now = ctx.now();
  const [found] = await run<AttemptRow & Omit<PasswordTry, "attempt">>(ctx.db, tryStatement, [
    digest(ceremonyToken),
    device === null ? null : digest(device),
    now,
    freeFailures,
    firstPause / 1_000,
    longestPause / 1_000,
    disabledAfter,
    failedTriesKey(ctx),
    TRIES_ALLOWED,
    before(now, SIGN_IN_LIFETIME),
  ]);
  if (!found) return null;
  const { hash, credential, browser, allowed, failures, addressSpent, addressFreeAt, phraseFirst, ...row } = found;
  return {
    attempt: attemptOf(row),
    hash,
    credential,
    browser,
    allowed,
    failures,
    addressSpent,
    addressFreeAt,
    phraseFirst,
  };
}
