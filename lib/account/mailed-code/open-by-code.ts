import type { Tx } from "#db/client.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import { type MailedPurpose, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { consume } from "#lib/throttle/consume.ts";
import { refundTry, spendTry } from "#lib/throttle/failed-tries.ts";
import { limits } from "#lib/throttle/limits.ts";
import { recordRefusal } from "#lib/throttle/record-refusal.ts";
import { type Mailed, type MailedTable, matchCode } from "./match-code.ts";

const ANSWER_STEP = seconds(0.1);

export type MailedCodeAnswer = Result<{ token: string }, "code_mismatch" | "too_many"> & { retryAfterSeconds?: number };

/** One kind of mailed link, and whose code was typed. */
type MailedLinks = {
  purpose: MailedPurpose;
  table: MailedTable;
  /** Stands for the number or mailbox that was typed with the code, known or not: tries are counted by it. */
  whose: string;
  /** Locks their account, and finds those of its links that may still be used, what is in the person's hands first. */
  living: (tx: Tx) => Promise<{ accountId: string | null; mailed: readonly Mailed[] }>;
  /** `linkId`: on which a wrong code was booked. */
  refused: (accountId: string | null, reason: "code_mismatch" | "code_tries_used", linkId: string | null) => AuditEvent;
};

/**
 * The code of a letter, typed where its link was not opened: gives the token of that link, which is never touched by
 * wrong ones. `code_mismatch` for every reason that concerns the account, so that nobody learns who has one; ten wrong
 * ones in ten minutes for a number or mailbox, or five for one letter, and codes open nothing for a while. `too_many`:
 * the address.
 */
export async function openByCode(ctx: Context, links: MailedLinks, code: string): Promise<MailedCodeAnswer> {
  return inEvenTime(ANSWER_STEP, async () => {
    const allowed = await spendTry(ctx);
    const ofWhose = await consume(ctx.db, `${links.purpose}-code`, links.whose, limits.codesPerAccount);
    if (!allowed.ok) return allowed;
    // Not even looked up: else many at once would queue for the row of an account, and by that tell that there is one.
    if (!ofWhose.ok) return refuse("code_mismatch");
    const opened = await ctx.db.transaction((tx) => open(tx, ctx, links, code));
    if (opened.ok) await refundTry(ctx);
    return opened;
  });
}

async function open(
  tx: Tx,
  ctx: Context,
  { purpose, table, living, refused }: MailedLinks,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  const { accountId, mailed } = await living(tx);
  const meant = await matchCode(tx, ctx, { purpose, table, mailed }, code);
  if (meant.ok) return ok({ token: tokenOf(ctx.keys, purpose, meant.value) });
  await recordRefusal(tx, ctx, refused(accountId, meant.error, mailed[0]?.id ?? null));
  return refuse("code_mismatch");
}
