import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { recovery } from "#db/schema/recovery.ts";
import { lockByIdentity } from "#lib/account/find-account.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { mailedCodeDigest, mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { consume } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { recoveryState } from "./recovery-state.ts";

const ANSWER_STEP = seconds(0.1);

export type MailedCodeAnswer = Result<{ token: string }, "code_mismatch" | "too_many"> & { retryAfterSeconds?: number };

/**
 * The code of the letter on a lost factor, typed on another device: gives the token of the link it was mailed with.
 * `code_mismatch` for every reason that concerns the account; ten wrong ones in ten minutes for a number, or five for
 * one letter, and codes open nothing for a while. The link itself is never touched. `too_many`: the address.
 */
export async function openRecoveryByCode(
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<MailedCodeAnswer> {
  return inEvenTime(ANSWER_STEP, async () => {
    const [allowed, ofNumber] = [
      await spendTry(ctx),
      await consume(ctx.db, "recovery-code", blindIndex(ctx.keys, identity), limits.codesPerAccount),
    ];
    if (!allowed.ok) return allowed;
    // Not even looked up: else many at once would queue for the row of an account, and by that tell that there is one.
    if (!ofNumber.ok) return refuse("code_mismatch");
    const opened = await ctx.db.transaction((tx) => open(tx, ctx, identity, code));
    if (opened.ok) await refundTry(ctx);
    return opened;
  });
}

async function open(
  tx: Tx,
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  const owner = await lockByIdentity(tx, blindIndex(ctx.keys, identity));
  const letters = owner
    ? await tx
        .select()
        .from(recovery)
        .where(and(eq(recovery.accountId, owner.id), isNull(recovery.supersededAt), isNull(recovery.startedAt)))
        .orderBy(sql`${recovery.handedOverAt} desc nulls last`, desc(recovery.createdAt))
    : [];
  const living = letters.filter((one) => recoveryState(one, ctx.now()) === "asked");
  // A newer letter may be on its way while this one is in the person's hands: wrong codes are booked on what was handed
  // over.
  const [held] = living;
  const no = async (reason: "code_mismatch" | "code_tries_used") => {
    await recordRefusal(tx, ctx, { type: "recovery.refused", accountId: owner?.id ?? null, reason });
    return refuse("code_mismatch");
  };
  if (!held) return no("code_mismatch");
  if (held.codeTries >= limits.codeTriesPerLink) return no("code_tries_used");
  const found = living.find((one) => mailedCodeDigest(ctx.keys, "recovery", one.id, code) === one.codeDigest);
  if (found) return ok({ token: mailedToken(ctx.keys, "recovery", found.id) });
  await tx
    .update(recovery)
    .set({ codeTries: sql`${recovery.codeTries} + 1` })
    .where(eq(recovery.id, held.id));
  return no("code_mismatch");
}
