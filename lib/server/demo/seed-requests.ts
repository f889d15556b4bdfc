import type { Tx } from "#db/client.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { recordAll } from "#lib/audit/record.ts";
import { type Reason, sealReason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";

/** What an SA has put forward and an AP has still to confirm. */
export async function seedRequests(
  tx: Tx,
  ctx: Context,
  wanted: { campaignId: string; byId: string; accountIds: readonly string[] },
): Promise<void> {
  const { campaignId, byId, accountIds } = wanted;
  const now = ctx.now();
  const requests = accountIds.map((accountId) => {
    const id = uuidv7(now, ctx.random);
    const reasonSealed = sealReason(ctx, "Meluluskan bayaran pejabat ini dengan token USB" as Reason, id);
    return { id, campaignId, accountId, kind: "enrolment" as const, requestedBy: byId, reasonSealed, requestedAt: now };
  });
  if (requests.length === 0) return;
  await tx.insert(moveRequest).values(requests);
  await recordAll(
    tx,
    ctx,
    requests.map(({ id, accountId, kind }) => ({
      type: "move_request.opened" as const,
      accountId,
      requestId: id,
      campaignId,
      kind,
    })),
  );
}
