import { and, eq } from "drizzle-orm";
import { passkey } from "#db/schema/second-factors.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context, Policy } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { isEnoughLeft } from "../enough-left.ts";
import { notifyOwner } from "../notify-owner.ts";

/** What the account signs in with once this passkey is gone. */
const without = (enrolled: Enrolled): Enrolled => ({ ...enrolled, passkeys: enrolled.passkeys - 1 });

/** Whether what would be left is enough. */
export const mayRemovePasskey = (enrolled: Enrolled, policy: Pick<Policy, "twoFactors">): boolean =>
  isEnoughLeft(without(enrolled), policy);

/**
 * Removes a passkey of the owner's. Its value is what is left to sign in with. Sessions it opened end
 * (`endSessionsOf`). `last_factor`: something still asks for it. `not_found`: the account has no such passkey (any
 * more).
 */
export async function removePasskey(
  ctx: Context,
  passkeyId: string,
): Promise<Result<{ left: Enrolled }, ChangeRefusal | "not_found" | "last_factor">> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "passkey.remove");
    if (!may.ok) return may;
    const { accountId, enrolled } = may.value;
    if (!isUuid(passkeyId)) return refuse("not_found");
    const own = and(eq(passkey.id, passkeyId), eq(passkey.accountId, accountId));
    const [found] = await tx.select({ id: passkey.id }).from(passkey).where(own);
    if (!found) return refuse("not_found");
    if (!mayRemovePasskey(enrolled, ctx.policy)) return refuse("last_factor");

    await tx.delete(passkey).where(own);
    await endSessionsOf(tx, ctx, accountId, { credential: passkeyId }, "passkey_removed");
    await record(tx, ctx, { type: "passkey.removed", accountId, passkeyId });
    await notifyOwner(tx, ctx, accountId, "passkey_removed");
    return ok({ left: without(enrolled) });
  });
}
