import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordCredential, passwordThrottle } from "#db/schema/authenticators.ts";
import type { Context, Policy } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type HashRefusal, hashSecret, verifySecret } from "../hashing.ts";
import type { Person } from "../personal.ts";
import { type PasswordRefusal, refusePassword } from "./refuse-password.ts";

export type NewPasswordRefusal = PasswordRefusal | HashRefusal | "password_same";

/**
 * Whether this may take the place of the password whose hash is `former` (null where there is none); its value is the
 * new hash. Refuses what the policy does, `password_same`, and `busy`.
 */
export async function acceptPassword(
  policy: Policy["passwordPolicy"],
  plain: string,
  person: Person,
  former: string | null,
): Promise<Result<string, NewPasswordRefusal>> {
  const refused = await refusePassword(policy, plain, person);
  if (refused) return refuse(refused);
  const same = former === null ? ok(false) : await verifySecret(former, plain);
  if (!same.ok) return same;
  return same.value ? refuse("password_same") : hashSecret(plain);
}

/**
 * Makes it the account's password, in place of the former, which may have been disabled. Whoever guessed at that one
 * shall not lock the owner out of this one. The caller holds the account's row.
 */
export async function setPassword(
  tx: Tx,
  ctx: Context,
  owner: { id: string; identityIndex: string },
  hash: string,
): Promise<void> {
  const set = { hash, setAt: ctx.now(), disabledAt: null };
  await tx
    .insert(passwordCredential)
    .values({ accountId: owner.id, ...set })
    .onConflictDoUpdate({ target: passwordCredential.accountId, set });
  await tx.delete(passwordThrottle).where(eq(passwordThrottle.identityIndex, owner.identityIndex));
}
