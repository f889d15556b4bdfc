import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { standingOf } from "#lib/assurance/sensitive.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { digest } from "#lib/kernel/digest.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { consume } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { type Account, holdById } from "../find-account.ts";
import { matchCode } from "../mailed-code/match-code.ts";
import { type ChangeState, changeState, type MailboxChange, openChanges } from "./change-state.ts";
import { makeMailboxChange } from "./make-mailbox-change.ts";

/**
 * signed_out: nobody is, or the session ended meanwhile. other_account: somebody else is. taken: another account has the
 * address by now.
 */
export type ConfirmRefusal = "signed_out" | "unknown" | "other_account" | "taken" | Exclude<ChangeState, "alive">;
type Confirmed<Refusal extends string> = Result<{ which: MailboxKind }, Refusal>;

/**
 * The mailed link of a new mailbox, its button pressed by who asked for it: the mailbox is theirs from here. To be
 * signed in as that account is enough, since asking took a fresh proof. Of any number at once one makes the change, the
 * others are told `used`. Somebody signed in as another account changes nothing, and it is recorded.
 */
export async function confirmMailboxChange(ctx: Context, token: string): Promise<Confirmed<ConfirmRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => confirm(tx, ctx, token)));
}

/** The signed-in owner, held; null where the session has ended. */
async function holdOwner(tx: Tx, ctx: Context): Promise<Account | null> {
  if (ctx.actor.kind !== "account") return null;
  const owner = await holdById(tx, ctx.actor.accountId);
  return owner && (await standingOf(tx, ctx)) ? owner : null;
}

async function confirm(tx: Tx, ctx: Context, token: string): Promise<Confirmed<ConfirmRefusal>> {
  const owner = await holdOwner(tx, ctx);
  if (!owner) return refuse("signed_out");
  const [change] = await tx
    .select()
    .from(mailboxChange)
    .where(eq(mailboxChange.tokenDigest, digest(token)));
  if (!change) return refuse("unknown");
  if (change.accountId !== owner.id) {
    const { accountId, which } = change;
    await record(tx, ctx, { type: "mailbox_change.refused", accountId, which, reason: "other_account" });
    return refuse("other_account");
  }
  const state = changeState(change, owner.recoveredAt, ctx.now());
  return state === "alive" ? makeMailboxChange(tx, ctx, owner, change) : refuse(state);
}

/** `too_many`: codes typed for this account of late, or wrong ones from this address, with the seconds to wait. */
export type CodeRefusal = "signed_out" | "code_mismatch" | "code_tries_used" | "too_many" | "taken" | "superseded";
export type CodeAnswer = Confirmed<CodeRefusal> & { retryAfterSeconds?: number };

/**
 * The code of the letter, typed into the settings by who asked for it. Five tries a letter, ten an account in ten
 * minutes, all counted before they are looked at; the link is never touched by wrong ones.
 */
export async function confirmMailboxByCode(ctx: Context, which: MailboxKind, code: string): Promise<CodeAnswer> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const ofAccount = await consume(ctx.db, "mailbox-code", ctx.actor.accountId, limits.codesPerAccount);
  if (!ofAccount.ok) return ofAccount;
  const confirmed = await whenContended(() => ctx.db.transaction((tx) => confirmCode(tx, ctx, which, code)));
  if (confirmed.ok) await refundTry(ctx);
  return confirmed;
}

async function confirmCode(
  tx: Tx,
  ctx: Context,
  which: MailboxKind,
  code: string,
): Promise<Confirmed<Exclude<CodeRefusal, "too_many">>> {
  const owner = await holdOwner(tx, ctx);
  if (!owner) return refuse("signed_out");
  const stateOf = (one: MailboxChange) => changeState(one, owner.recoveredAt, ctx.now());
  const open = await openChanges(tx, owner.id, which);
  // Tries are booked on one whose time is over too: where the address is somebody else's no letter left, so its time
  // never began, and its tries would go on counting when those of a free address do not.
  const mailed = open.filter((one) => stateOf(one) !== "superseded");
  const change = await matchCode(tx, ctx, { purpose: "mailbox", table: mailboxChange, mailed }, code);
  if (change.ok && stateOf(change.value) === "alive") return makeMailboxChange(tx, ctx, owner, change.value);
  // Said at the fifth already: its page asks for another letter then.
  const last = mailed[0]?.codeTries === limits.codeTriesPerLink - 1;
  const reason = last ? "code_tries_used" : change.ok ? "code_mismatch" : change.error;
  await record(tx, ctx, { type: "mailbox_change.refused", accountId: owner.id, which, reason });
  return refuse(reason);
}
