import { and, eq, ne, or, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { wasAnonymised } from "./anonymous.ts";
import { forgetAuthenticators } from "./forget-authenticators.ts";

/**
 * `not_closed`: it is in use. `anonymous`: nothing is left that says whose it was. `identity_taken`, `mailbox_taken`: another account has it since. Whether that is so may
 * change until the moment of reopening; the unique indexes have the last word (the fault is the caller's to try again).
 */
export type ReopenRefusal = "not_closed" | "anonymous" | "identity_taken" | "mailbox_taken";

// While the lookup key is replaced, the one may be further than the other.
const isSameIdentity = ({
  identityIndex,
  identityIndexFormer,
}: Pick<Account, "identityIndex" | "identityIndexFormer">) =>
  sql`(${account.identityIndex} = ${identityIndex}
    or coalesce(${account.identityIndexFormer}, ${account.identityIndex}) = ${identityIndexFormer ?? identityIndex})`;

/** Whether a closed account can be reopened as it stands. */
export async function mayReopen(tx: Tx, accountId: string): Promise<Result<null, ReopenRefusal>> {
  const owner = await holdById(tx, accountId);
  if (owner?.status !== "closed") return refuse("not_closed");
  if (wasAnonymised(owner)) return refuse("anonymous");
  const theirs = or(isSameIdentity(owner), eq(account.officialEmail, owner.officialEmail));
  const others = await tx
    .select({ isTheirs: sql<boolean>`${isSameIdentity(owner)}` })
    .from(account)
    .where(and(theirs, ne(account.id, accountId), ne(account.status, "closed")));
  if (others.some(({ isTheirs }) => isTheirs)) return refuse("identity_taken");
  return others.length > 0 ? refuse("mailbox_taken") : ok(null);
}

/**
 * A closed account is used again: its person activates it anew, from the mailbox on, as somebody of the staff register
 * does. The two officers' decision stands for the office's confirmation. In a transaction of the caller's.
 */
export async function reopenAccount(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { requestId }: { requestId: string },
): Promise<Result<null, ReopenRefusal>> {
  const may = await mayReopen(tx, accountId);
  if (!may.ok) return may;
  const owner = await holdById(tx, accountId);
  if (!owner) throw new Error(`There is no account ${accountId}`);
  // Accounts that closed by themselves kept what they had.
  await forgetAuthenticators(tx, ctx, owner);
  const moved = await move(tx, owner, "reopen");
  if (!moved.ok) throw new Error(`The held account ${accountId} could not be reopened: ${moved.error}`);
  await tx
    .update(account)
    .set({
      closedAt: null,
      activatedAt: null,
      officialEmailVerifiedAt: null,
      personalEmail: null,
      personalEmailVerifiedAt: null,
      selfRegisteredAt: null,
      opensAt: null,
      staffConfirmedAt: ctx.now(),
      asksTwoFactors: false,
      emailCodeOn: true,
      offerPutOffAt: null,
      recoveredAt: null,
    })
    .where(eq(account.id, accountId));
  await record(tx, ctx, { type: "account.reopened", accountId, requestId });
  await notifyOwner(tx, ctx, accountId, "account_reopened");
  return ok(null);
}
