import { eq } from "drizzle-orm";
import { transactionApproval } from "#db/schema/approval.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Detail } from "./content/read-detail.ts";
import { openedContent } from "./content/seal-approval.ts";
import { type NotTheirs, standingTowards } from "./decide/standing-towards.ts";
import { holdApproval } from "./find-approval.ts";

/** What somebody is shown before they decide: all that is signed, and how long it is open. */
export type ShownApproval = {
  id: string;
  /** Of what is shown; the form brings it back. */
  digest: string;
  detail: Detail;
  roleMs: string;
  roleEn: string;
  expiresAt: Date;
};

/**
 * Shows the signed-in person what they are asked to approve, which makes it theirs: from now on nobody else sees or decides
 * it. Of two people at once one does.
 */
export async function showApproval(
  ctx: Context,
  approvalId: string,
): Promise<Result<ShownApproval, NotTheirs | "decided">> {
  const { actor } = ctx;
  if (actor.kind !== "account") return refuse("other_person");
  const { accountId, sessionId } = actor;
  return ctx.db.transaction(async (tx) => {
    const found = await holdApproval(tx, ctx, approvalId, accountId);
    if (!found) return refuse("other_person");
    const standing = standingTowards(found, { accountId, sessionId, now: ctx.now() });
    if (standing.is === "not_theirs") return refuse(standing.why);
    if (standing.is !== "ask") return refuse("decided");
    const isFirst = found.accountId === null;
    if (isFirst || found.sessionId !== sessionId)
      await tx
        .update(transactionApproval)
        .set({ accountId, sessionId, ...(isFirst && { shownAt: ctx.now() }) })
        .where(eq(transactionApproval.id, approvalId));
    const detail = openedContent(ctx, approvalId, found.contentSealed);
    if (isFirst) {
      const { relyingPartyId } = found;
      const event = { type: "transaction_approval.shown", accountId, approvalId, relyingPartyId } as const;
      await record(tx, ctx, { ...event, system: found.system });
    }
    const { id, digest, roleMs, roleEn, expiresAt } = found;
    return ok({ id, digest, detail, roleMs, roleEn, expiresAt });
  });
}
