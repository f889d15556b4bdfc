import { and, desc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordReset } from "#db/schema/recovery.ts";
import { lockByMailbox } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { mailedCodeDigest, mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { consume } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { mailboxHash } from "../claim.ts";

const ANSWER_STEP = seconds(0.1);

export type ResetCodeAnswer = Result<{ token: string }, "code_mismatch" | "too_many"> & {
  retryAfterSeconds?: number;
};

/**
 * The code of the letter, typed on another device: gives the token of the link it was mailed with. `code_mismatch` for
 * every reason that concerns the account; ten wrong ones in ten minutes for a mailbox, or five for one letter, and codes
 * open nothing for a while. The link itself is never touched. `too_many`: the address.
 */
export async function openResetByCode(ctx: Context, officialEmail: string, code: string): Promise<ResetCodeAnswer> {
  return inEvenTime(ANSWER_STEP, async () => {
    const [allowed, ofMailbox] = [
      await spendTry(ctx),
      await consume(ctx.db, "reset-code", mailboxHash(ctx, officialEmail), limits.codesPerAccount),
    ];
    if (!allowed.ok) return allowed;
    // Not even looked up: else many at once would queue for the row of an account, and by that tell that there is one.
    if (!ofMailbox.ok) return refuse("code_mismatch");
    const opened = await ctx.db.transaction((tx) => open(tx, ctx, officialEmail, code));
    if (opened.ok) await refundTry(ctx);
    return opened;
  });
}

async function open(
  tx: Tx,
  ctx: Context,
  officialEmail: string,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  const owner = await lockByMailbox(tx, officialEmail);
  const mailed = owner
    ? await tx
        .select()
        .from(passwordReset)
        .where(
          and(
            eq(passwordReset.accountId, owner.id),
            eq(passwordReset.mailbox, officialEmail),
            isNotNull(passwordReset.codeDigest),
            isNull(passwordReset.doneAt),
            gt(passwordReset.expiresAt, ctx.now()),
          ),
        )
        .orderBy(sql`${passwordReset.handedOverAt} desc nulls last`, desc(passwordReset.createdAt))
    : [];
  // A newer letter may be on its way while this one is in the person's hands: wrong codes are booked on what was handed
  // over.
  const [held] = mailed;
  const no = async (reason: "code_mismatch" | "code_tries_used") => {
    await recordRefusal(tx, ctx, { type: "password_reset.refused", accountId: owner?.id ?? null, reason });
    return refuse("code_mismatch");
  };
  if (!held) return no("code_mismatch");
  if (held.codeTries >= limits.codeTriesPerLink) return no("code_tries_used");
  const reset = mailed.find((one) => mailedCodeDigest(ctx.keys, "reset", one.id, code) === one.codeDigest);
  if (reset) return ok({ token: mailedToken(ctx.keys, "reset", reset.id) });
  await tx
    .update(passwordReset)
    .set({ codeTries: sql`${passwordReset.codeTries} + 1` })
    .where(eq(passwordReset.id, held.id));
  return no("code_mismatch");
}
