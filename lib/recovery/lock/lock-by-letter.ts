import { eq } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { letter } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { letterOfLockToken } from "#lib/kernel/lock-token.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { LOCK_LINK_LIFETIME } from "#lib/mail/letters.ts";
import { type LockRefusal, lockAccount } from "./lock-account.ts";

/**
 * Why "lock my account now" leads no further. `recovered`: access was recovered since the letter, so that whoever reads
 * old letters cannot undo it. The others as they say.
 */
export type LockLinkRefusal = LockRefusal | "unknown" | "expired" | "recovered";

/** The letter that a link is of: where it went and when it was owed. Nothing that its reader does not know already. */
export type LockShown = { to: string; sentAt: Date };

/**
 * The notice of a recovery is owed in its transaction, a moment before or after it: that letter must lock, for the
 * owner whose account somebody else has just recovered.
 */
const OF_ITS_OWN_RECOVERY = minutes(1);

type Found = { accountId: string } & LockShown;

async function find(on: Db | Tx, ctx: Context, token: string): Promise<Result<Found, LockLinkRefusal>> {
  const letterId = letterOfLockToken(ctx.keys, token);
  if (!letterId) return refuse("unknown");
  const [found] = await on
    .select({ owner: accounts, to: letter.to, sentAt: letter.createdAt })
    .from(letter)
    .innerJoin(accounts, eq(accounts.id, letter.accountId))
    .where(eq(letter.id, letterId));
  if (!found || found.owner.status === "closed") return refuse("unknown");
  const { owner, to, sentAt } = found;
  if (owner.status === "locked") return refuse("locked");
  if (after(sentAt, LOCK_LINK_LIFETIME) <= ctx.now()) return refuse("expired");
  if (owner.recoveredAt && after(sentAt, OF_ITS_OWN_RECOVERY) <= owner.recoveredAt) return refuse("recovered");
  if (owner.status !== "activated") return refuse("not_open");
  return ok({ accountId: owner.id, to, sentAt });
}

/** What a mailed lock link would lock. Changes nothing: scanners of mail open links too. */
export async function viewLockLink(ctx: Context, token: string): Promise<Result<LockShown, LockLinkRefusal>> {
  const found = await find(ctx.db, ctx, token);
  if (!found.ok) return found;
  const { to, sentAt } = found.value;
  return ok({ to, sentAt });
}

/**
 * Locks the account that a notice was about. Its link works from every address of the owner, signed in or not, for 30
 * days, and as often as it is needed: nothing is opened by it.
 */
export async function lockByLetter(
  ctx: Context,
  token: string,
): Promise<Result<{ accountId: string }, LockLinkRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const found = await find(tx, ctx, token);
    if (!found.ok) return found;
    const { accountId } = found.value;
    const locked = await lockAccount(tx, ctx, accountId, { how: "letter" });
    return locked.ok ? ok({ accountId }) : locked;
  });
}
