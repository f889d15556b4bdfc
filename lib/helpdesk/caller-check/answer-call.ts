import { and, eq, gt, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { holdById } from "#lib/account/find-account.ts";
import { record } from "#lib/audit/record.ts";
import { counterpartOf, spokenDigests } from "#lib/kernel/caller-codes.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { mayNotify } from "#lib/throttle/may-notify.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { type CallerCheck, isLiving } from "./check-state.ts";

/**
 * Who is on the telephone: an officer of that office, since then, until when the codes are good. Signed in as the owner,
 * also their name, and the counterpart to read back, which is null as long as it was not asked for there; `mailed`: it
 * went to the official mailbox.
 */
export type CallShown = {
  officeName: string;
  officerName: string | null;
  startedAt: Date;
  expiresAt: Date;
  counterpart: string | null;
  mailed: boolean;
};

/** `code_mismatch`: no check under way has this code; also where another account is signed in than it is about. */
export type CallRefusal = "code_mismatch" | "too_many";
export type CallAnswer = Result<CallShown, CallRefusal> & { retryAfterSeconds?: number };

type Found = { check: CallerCheck; officerName: string; officeName: string };

async function find(on: Tx | Context["db"], ctx: Context, code: string): Promise<Found | undefined> {
  const [found, another] = await on
    .select({ check: callerCheck, officerName: accounts.fullName, officeName: office.name })
    .from(callerCheck)
    .innerJoin(accounts, eq(accounts.id, callerCheck.officerId))
    .innerJoin(office, eq(office.id, accounts.officeId))
    .where(and(inArray(callerCheck.spokenDigest, spokenDigests(ctx.keys, code)), gt(callerCheck.expiresAt, ctx.now())));
  return found && !another && isLiving(found.check, ctx.now()) ? found : undefined;
}

const isOwner = (ctx: Context, { check }: Found): boolean =>
  ctx.actor.kind === "account" && ctx.actor.accountId === check.accountId;

function shown(ctx: Context, found: Found): CallShown {
  const { check, officeName, officerName } = found;
  const mine = isOwner(ctx, found);
  return {
    officeName,
    officerName: mine ? officerName : null,
    startedAt: check.startedAt,
    expiresAt: check.expiresAt,
    counterpart: mine && check.answeredBy === "session" ? counterpartOf(ctx.keys, check) : null,
    mailed: check.answeredBy === "mailbox",
  };
}

/** What the code that was typed here before still stands for; null where nothing. Changes nothing. */
export async function viewCall(ctx: Context, code: string): Promise<CallShown | null> {
  const found = await find(ctx.db, ctx, code);
  if (!found || (ctx.actor.kind === "account" && !isOwner(ctx, found))) return null;
  return shown(ctx, found);
}

/**
 * The caller types what an officer reads out. Whoever is signed in as the owner gets the counterpart; anybody else learns
 * that the officer is real and of which office, and nothing of whose account it is about. Wrong codes count as failed
 * tries of the address.
 */
export async function answerCall(ctx: Context, code: string): Promise<CallAnswer> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const answered = await ctx.db.transaction((tx) => answer(tx, ctx, code));
  if (answered.ok) await refundTry(ctx);
  return answered;
}

async function answer(tx: Tx, ctx: Context, code: string): Promise<Result<CallShown, "code_mismatch">> {
  const found = await holdCall(tx, ctx, code);
  if (!found) {
    await recordRefusal(tx, ctx, {
      type: "caller_check.refused",
      accountId: ctx.actor.kind === "account" ? ctx.actor.accountId : null,
      checkId: null,
      reason: "code_mismatch",
    });
    return refuse("code_mismatch");
  }
  const { check } = found;
  if (ctx.actor.kind !== "account") {
    // Its officer sees that the caller has come so far. It proves nothing: whoever heard the code can type it.
    if (!check.answeredAt)
      await tx.update(callerCheck).set({ answeredAt: ctx.now() }).where(eq(callerCheck.id, check.id));
    return ok(shown(ctx, found));
  }
  if (!isOwner(ctx, found)) return refuseOther(tx, ctx, check);
  if (check.answeredBy === "session") return ok(shown(ctx, found));
  return ok(shown(ctx, { ...found, check: await markAnswered(tx, ctx, check, "session") }));
}

/** Whoever is signed in as another account learns nothing, not even that there is such a code. */
async function refuseOther(tx: Tx, ctx: Context, check: CallerCheck): Promise<Result<never, "code_mismatch">> {
  const { accountId, id: checkId } = check;
  await record(tx, ctx, { type: "caller_check.refused", accountId, checkId, reason: "other_account" });
  return refuse("code_mismatch");
}

/** The check a code stands for and its account, both held. */
async function holdCall(tx: Tx, ctx: Context, code: string): Promise<Found | undefined> {
  const named = await find(tx, ctx, code);
  if (!named || !(await holdById(tx, named.check.accountId))) return undefined;
  // Once more, now that nobody else changes it.
  return find(tx, ctx, code);
}

async function markAnswered(tx: Tx, ctx: Context, check: CallerCheck, by: "session" | "mailbox"): Promise<CallerCheck> {
  const answered = { answeredAt: check.answeredAt ?? ctx.now(), answeredBy: by };
  await tx.update(callerCheck).set(answered).where(eq(callerCheck.id, check.id));
  await record(tx, ctx, { type: "caller_check.answered", accountId: check.accountId, checkId: check.id, by });
  return { ...check, ...answered };
}

/** `mailbox_unverified`: nobody has shown yet that letters there are read. `throttled`: the ceiling of letters. */
export type MailRefusal = CallRefusal | "mailbox_unverified" | "throttled";

/**
 * Whoever is not signed in has the counterpart sent to the official mailbox of the account that the officer speaks of,
 * once a check: only its reader can read it back. Where it went is told to nobody.
 */
export async function mailCounterpart(
  ctx: Context,
  code: string,
): Promise<Result<null, MailRefusal> & { retryAfterSeconds?: number }> {
  const allowed = await spendTry(ctx);
  if (!allowed.ok) return allowed;
  const mailed = await ctx.db.transaction(async (tx) => {
    const found = await holdCall(tx, ctx, code);
    if (!found) return refuse("code_mismatch");
    const { check } = found;
    if (ctx.actor.kind === "account" && !isOwner(ctx, found)) return refuseOther(tx, ctx, check);
    if (check.answeredBy !== null) return ok(null);
    const [owner] = await tx.select().from(accounts).where(eq(accounts.id, check.accountId));
    if (!owner?.officialEmailVerifiedAt || owner.status === "closed") return refuse("mailbox_unverified");
    if (!(await mayNotify(tx, ctx, owner.id, "caller_check"))) return refuse("throttled");
    await markAnswered(tx, ctx, check, "mailbox");
    const about = { checkId: check.id };
    await enqueue(tx, ctx, { kind: "caller_check", accountId: owner.id, to: owner.officialEmail, about });
    return ok(null);
  });
  if (mailed.ok) await refundTry(ctx);
  return mailed;
}

/** The owner is signed in and speaks with no officer: whoever has the code gets no further with it. */
export function refuseCall(ctx: Context, code: string): Promise<Result<null, "code_mismatch">> {
  return ctx.db.transaction(async (tx) => {
    const found = await holdCall(tx, ctx, code);
    if (!found || !isOwner(ctx, found)) return refuse("code_mismatch");
    const { id: checkId, accountId } = found.check;
    await tx.update(callerCheck).set({ failedAt: ctx.now() }).where(eq(callerCheck.id, checkId));
    await record(tx, ctx, { type: "caller_check.refused", accountId, checkId, reason: "disowned" });
    return ok(null);
  });
}
