import { and, desc, eq, gt } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { heldUntil } from "#lib/account/hold-after-recovery.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before, days } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type ChangeState, changeState, openOf } from "./change-state.ts";

/** So long does the page wait for the code of a letter that was asked for. */
const SHOWN_FOR = days(1);

/** One of the account's two mailboxes, for its page. */
export type MailboxShown = {
  /** Null where the account has none. */
  address: string | null;
  verified: boolean;
  /** The official one stays until then. */
  heldUntil: Date | null;
  /**
   * Where a letter is awaited, since when; told alike whether it was sent or the address is somebody else's. `tries`:
   * codes that may still be typed.
   */
  awaited: { mailbox: string; askedAt: Date; triesLeft: number } | null;
};

export async function viewMailbox(ctx: Context, which: MailboxKind): Promise<MailboxShown | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId } = ctx.actor;
  const now = ctx.now();
  const [found] = await ctx.db
    .select({ owner: account, change: mailboxChange })
    .from(account)
    .leftJoin(
      mailboxChange,
      and(
        eq(mailboxChange.accountId, account.id),
        openOf(accountId, which),
        gt(mailboxChange.createdAt, before(now, SHOWN_FOR)),
      ),
    )
    .where(eq(account.id, accountId))
    .orderBy(desc(mailboxChange.createdAt), desc(mailboxChange.id))
    .limit(1);
  if (!found) return null;
  const { owner, change } = found;
  const official = which === "official";
  const awaited = change && changeState(change, owner.recoveredAt, now) !== "superseded" ? change : null;
  return {
    address: official ? owner.officialEmail : owner.personalEmail,
    verified: (official ? owner.officialEmailVerifiedAt : owner.personalEmailVerifiedAt) !== null,
    heldUntil: official ? heldUntil(owner.recoveredAt, now) : null,
    awaited: awaited && {
      mailbox: awaited.mailbox,
      askedAt: awaited.createdAt,
      triesLeft: Math.max(0, limits.codeTriesPerLink - awaited.codeTries),
    },
  };
}

/** What the page of a mailed link shows to who is signed in, or to nobody. `yours`: asked for by this account. */
export type ChangeShown = { which: MailboxKind; mailbox: string; whose: "yours" | "others" | "unknown" };

/** The change behind a mailed link. Changes nothing: scanners of mail open links too. */
export async function viewMailboxChange(
  ctx: Context,
  token: string,
): Promise<Result<ChangeShown, "unknown" | Exclude<ChangeState, "alive">>> {
  const [found] = await ctx.db
    .select({ change: mailboxChange, recoveredAt: account.recoveredAt })
    .from(mailboxChange)
    .innerJoin(account, eq(account.id, mailboxChange.accountId))
    .where(eq(mailboxChange.tokenDigest, digest(token)));
  if (!found) return refuse("unknown");
  const { change, recoveredAt } = found;
  const state = changeState(change, recoveredAt, ctx.now());
  if (state !== "alive") return refuse(state);
  const { actor } = ctx;
  const whose = actor.kind !== "account" ? "unknown" : actor.accountId === change.accountId ? "yours" : "others";
  return ok({ which: change.which, mailbox: change.mailbox, whose });
}
