import { run } from "#db/named.ts";
import type { SignInReason } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { emailCodeDigests } from "#lib/kernel/email-code-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before } from "#lib/kernel/time.ts";
import { EMAIL_CODE_LIFETIME } from "#lib/mail/letters.ts";
import { limits } from "#lib/throttle/limits.ts";

type Tried = { on: boolean; live: number; evaluated: number; matched: number };

// One update looks at a code, counts the try and consumes it: of those who come at once each waits for the row and
// looks at it anew, so that no more than the limit are compared, and one succeeds. A code whose letter was taken but
// not marked yet is in somebody's hands already.
const live = `c.ceremony_id = $1 and c.account_id = $2 and c.consumed_at is null and c.superseded_at is null
      and (c.handed_over_at is null or c.handed_over_at > $4)`;
const tryStatement = {
  name: "email_code_try",
  text: `with owner as materialized (
      select email_code_on and official_email_verified_at is not null as "on" from account where id = $2::uuid
    ), tried as (
      update email_code c set tries = c.tries + 1, consumed_at = case when c.code_digest = any($3::text[]) then $5::timestamptz end
      from owner where owner."on" and ${live} and c.tries < $6
      returning c.consumed_at
    )
    select coalesce((select "on" from owner), false) as "on", (select count(*)::int from email_code c where ${live}) as live,
      (select count(*)::int from tried) as evaluated, (select count(consumed_at)::int from tried) as matched`,
};

/**
 * Whether this is the living code of a sign-in; it is consumed by being right. Five tries a code, counted before they
 * are compared. One statement and one digest whoever it is for: `accountId` is null for a number nobody has. Refuses
 * `wrong_code` also where none is alive, and `paused` where its tries are used up. Its credential is the account
 * itself: what was opened by mailbox ends when that is switched off.
 */
export async function verifyEmailCode(
  ctx: Context,
  of: { accountId: string | null; ceremonyId: string },
  code: string,
): Promise<Result<{ credential?: string }, SignInReason>> {
  const now = ctx.now();
  const [tried] = await run<Tried>(ctx.db, tryStatement, [
    of.ceremonyId,
    of.accountId,
    emailCodeDigests(ctx.keys, of.ceremonyId, code),
    before(now, EMAIL_CODE_LIFETIME),
    now,
    limits.triesPerCode,
  ]);
  if (!tried) throw new Error("PostgreSQL gave no row for a select without a table");
  if (of.accountId === null) return refuse("no_account");
  if (tried.matched > 0) return ok({ credential: of.accountId });
  if (!tried.on) return refuse("switched_off");
  return refuse(tried.evaluated === 0 && tried.live > 0 ? "paused" : "wrong_code");
}
