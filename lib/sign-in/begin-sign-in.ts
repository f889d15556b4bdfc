import { run } from "#db/named.ts";
import { PORTAL_MINIMUM, requiredLevel } from "#lib/assurance/policy.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { type IdentityNumber, maskIdentity } from "#lib/kernel/identity-number.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

const beginStatement = {
  name: "sign_in_begin",
  // A number stands where its account does; nobody's, where its tries were counted under a former key. Both are looked for either way.
  text: `with found as materialized (
      select id, identity_index, 1 as rank, null::timestamptz as at from account where identity_index = any($3::text[]) and status <> 'closed'
      union all select null, identity_index, 2, max(last_tried_at) from password_throttle where identity_index = any($3::text[]) group by identity_index
    )
    insert into sign_in_ceremony (id, token_digest, step, identity_index, identity_shown, account_id, required, proofs, return_to, started_at)
    values ($1, $2, 'prove', coalesce((select identity_index from found order by rank, at desc limit 1), ($3::text[])[1]), $4,
      (select id from found where rank = 1), $5, '[]', $6, $7)`,
};

/**
 * Opens a sign-in for a number, whether or not anybody has it, and returns the secret of its ceremony for this browser.
 * One statement either way. `returnTo` is a checked path of this portal.
 */
export async function beginSignIn(
  ctx: Context,
  identity: IdentityNumber,
  returnTo: string | null,
): Promise<{ ceremonyToken: string }> {
  const now = ctx.now();
  const ceremonyToken = ctx.random(32).toString("base64url");
  await run(ctx.db, beginStatement, [
    uuidv7(now, ctx.random),
    digest(ceremonyToken),
    blindIndexes(ctx.keys, identity),
    maskIdentity(identity),
    requiredLevel({ portal: PORTAL_MINIMUM }),
    returnTo,
    now,
  ]);
  return { ceremonyToken };
}

const beginOfStatement = {
  name: "sign_in_begin_of",
  text: `insert into sign_in_ceremony (id, token_digest, step, identity_index, account_id, required, proofs, return_to, started_at, ticket_id)
    select $1::uuid, $2, 'prove', identity_index, id, $4, '[]', $5, $6::timestamptz, $7::uuid from account where id = $3`,
};

/**
 * The same where no number was typed: a passkey or a linked Google account said whose it is, or an enrolment ticket,
 * whose id is then kept.
 */
export async function beginSignInOf(
  ctx: Context,
  accountId: string,
  returnTo: string | null,
  ticketId: string | null = null,
): Promise<{ ceremonyToken: string }> {
  const now = ctx.now();
  const ceremonyToken = ctx.random(32).toString("base64url");
  await run(ctx.db, beginOfStatement, [
    uuidv7(now, ctx.random),
    digest(ceremonyToken),
    accountId,
    requiredLevel({ portal: PORTAL_MINIMUM }),
    returnTo,
    now,
    ticketId,
  ]);
  return { ceremonyToken };
}
