import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationLink } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import { activationCodeDigest, activationToken } from "#lib/kernel/activation-secrets.ts";
import { blindIndex } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { inEvenTime } from "#lib/kernel/even-time.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";
import { usableLink } from "./activation.ts";
import { lockByIdentity } from "./find-account.ts";

const ANSWER_STEP = seconds(0.1);

/**
 * The code of the letter, typed on another device: gives the token of the newest link it was mailed with.
 * One refusal for every reason, so that nobody learns which numbers wait for activation. After five wrong codes
 * the code opens nothing any more; the link itself is not touched.
 */
export async function openByCode(
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  return inEvenTime(ANSWER_STEP, () => ctx.db.transaction((tx) => open(tx, ctx, identity, code)));
}

async function open(
  tx: Tx,
  ctx: Context,
  identity: IdentityNumber,
  code: string,
): Promise<Result<{ token: string }, "code_mismatch">> {
  const owner = await lockByIdentity(tx, blindIndex(ctx.keys, identity));
  const [link] = owner
    ? await tx
        .select()
        .from(activationLink)
        .where(and(eq(activationLink.accountId, owner.id), isNull(activationLink.supersededAt)))
        .orderBy(desc(activationLink.handedOverAt))
        .limit(1)
    : [];
  const no = async (reason: "code_mismatch" | "code_tries_used") => {
    await record(tx, ctx, {
      type: "activation.refused",
      accountId: owner?.id ?? null,
      linkId: link?.id ?? null,
      reason,
    });
    return refuse("code_mismatch");
  };
  if (!owner || !link || !usableLink(ctx, link, owner).ok) return no("code_mismatch");
  if (link.codeTries >= limits.codeTriesPerLink) return no("code_tries_used");
  if (activationCodeDigest(ctx.keys, link.id, code) !== link.codeDigest) {
    await tx
      .update(activationLink)
      .set({ codeTries: sql`${activationLink.codeTries} + 1` })
      .where(eq(activationLink.id, link.id));
    return no("code_mismatch");
  }
  return ok({ token: activationToken(ctx.keys, link.id) });
}
