import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { account } from "#db/schema/account.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import { passwordCredentialId } from "#lib/authenticators/password/credential-id.ts";
import { acceptPassword, type NewPasswordRefusal, setPassword } from "#lib/authenticators/password/set-password.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { rotateSession } from "#lib/session/rotate-session.ts";
import { personOf } from "../person-of.ts";

// What the session proved with the password before stays proven: who acts has just shown who they are, and has chosen
// the new one.
const keepProofStatement = {
  name: "session_keep_password_proof",
  text: `update session set proofs = (
      select coalesce(jsonb_agg(case when proof ->> 'factor' = 'password' and proof ? 'credential'
        then jsonb_set(proof, '{credential}', to_jsonb((select ${passwordCredentialId} from password_credential where account_id = $2)))
        else proof end order by nth), '[]')
      from jsonb_array_elements(proofs) with ordinality as of_it (proof, nth)
    ) where id = $1`,
};

/**
 * The owner chooses a new password. The other sessions end, this one goes on with a new secret for its cookie. Refuses
 * `step_up` without a fresh proof, what the policy refuses, `password_same`. Of many at once each is whole, and the
 * last one holds.
 */
export async function changePassword(
  ctx: Context,
  plain: string,
): Promise<Result<{ sessionToken: string }, ChangeRefusal | NewPasswordRefusal>> {
  // Asked first, so that a password is not judged for somebody who may not change it; and once more where it is
  // changed.
  const may = await ctx.db.transaction((tx) => mayChange(tx, ctx, "password.change"));
  if (!may.ok) return may;
  const [found] = await ctx.db
    .select({ owner: account, former: passwordCredential.hash })
    .from(account)
    .leftJoin(passwordCredential, eq(passwordCredential.accountId, account.id))
    .where(eq(account.id, may.value.accountId));
  if (!found) throw new Error(`The account ${may.value.accountId} of a live session is gone`);
  const { owner, former } = found;
  const accepted = await acceptPassword(ctx.policy.passwordPolicy, plain, personOf(ctx, owner), former);
  if (!accepted.ok) return accepted;
  return ctx.db.transaction((tx) => change(tx, ctx, owner, accepted.value));
}

async function change(
  tx: Tx,
  ctx: Context,
  owner: { id: string; identityIndex: string },
  hash: string,
): Promise<Result<{ sessionToken: string }, ChangeRefusal>> {
  const may = await mayChange(tx, ctx, "password.change");
  if (!may.ok) return may;
  const { sessionId } = ctx.actor as Extract<Context["actor"], { kind: "account" }>;
  await setPassword(tx, ctx, owner, hash);
  await endSessionsOf(tx, ctx, owner.id, { all: true, except: sessionId }, "password_changed");
  await run(tx, keepProofStatement, [sessionId, owner.id]);
  const rotated = await rotateSession(tx, ctx, sessionId);
  await record(tx, ctx, { type: "password.changed", accountId: owner.id });
  await notifyOwner(tx, ctx, owner.id, "password_changed");
  return ok(rotated);
}
