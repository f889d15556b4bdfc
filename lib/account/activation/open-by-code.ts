import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
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
import { lockByIdentity } from "../find-account.ts";
import { usableLink } from "./activation.ts";

const ANSWER_STEP = seconds(0.1);

export type CodeRefusal = "code_mismatch" | "too_many";
export type CodeAnswer = Result<{ token: string }, CodeRefusal> & { retryAfterSeconds?: number };

/**
 * The code of the letter, typed on another device: gives the token of the link it was mailed with. `code_mismatch` for every
 * reason that concerns the account, so that nobody learns which numbers wait for activation; ten wrong ones in ten minutes for
 * a number, or five for one letter, and codes open nothing for a while. The link itself is never touched. `too_many`: the address.
 */
export async function openByCode(ctx: Context, identity: IdentityNumber, code: string): Promise<CodeAnswer> {
  return inEvenTime(ANSWER_STEP, async () => {
    const [allowed, ofNumber] = [
      await spendTry(ctx),
      await consume(ctx.db, "activation-code", blindIndex(ctx.keys, identity), limits.codesPerAccount),
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
  const links = owner
    ? await tx
        .select()
        .from(activationLink)
        .where(
          and(
            eq(activationLink.accountId, owner.id),
            isNull(activationLink.supersededAt),
            isNull(activationLink.consumedAt),
          ),
        )
        .orderBy(sql`${activationLink.handedOverAt} desc nulls last`, desc(activationLink.createdAt))
    : [];
  // A newer letter may be on its way while this one is in the person's hands: wrong codes are booked on what was handed over.
  const [held] = links;
  const no = async (reason: "code_mismatch" | "code_tries_used") => {
    await record(tx, ctx, {
      type: "activation.refused",
      accountId: owner?.id ?? null,
      linkId: held?.id ?? null,
      reason,
    });
    return refuse("code_mismatch");
  };
  if (!owner || !held) return no("code_mismatch");
  if (held.codeTries >= limits.codeTriesPerLink) return no("code_tries_used");
  const link = links.find(
    (one) =>
      usableLink(ctx, one, owner).ok && mailedCodeDigest(ctx.keys, "activation", one.id, code) === one.codeDigest,
  );
  if (link) return ok({ token: mailedToken(ctx.keys, "activation", link.id) });
  await tx
    .update(activationLink)
    .set({ codeTries: sql`${activationLink.codeTries} + 1` })
    .where(eq(activationLink.id, held.id));
  return no("code_mismatch");
}
