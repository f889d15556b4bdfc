import { and, eq } from "drizzle-orm";
import { moveRequest } from "#db/schema/move-request.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { nextState } from "./request-state.ts";

/** Whoever asked takes it back, as long as nobody has decided. Refuses `move_decided`, also for one that is another's. */
export async function withdrawMove(ctx: Context, requestId: string): Promise<Result<null, "move_decided">> {
  if (ctx.actor.kind !== "account" || !isUuid(requestId)) return refuse("move_decided");
  const own = and(eq(moveRequest.id, requestId), eq(moveRequest.requestedBy, ctx.actor.accountId));
  return ctx.db.transaction(async (tx) => {
    const [request] = await tx.select().from(moveRequest).where(own).for("update");
    const to = request ? nextState(request.state, "withdraw") : refuse("move_decided");
    if (!request || !to.ok) return refuse("move_decided");
    await tx.update(moveRequest).set({ state: to.value, decidedAt: ctx.now() }).where(eq(moveRequest.id, requestId));
    const { accountId, campaignId, kind } = request;
    await record(tx, ctx, { type: "move_request.withdrawn", accountId, requestId, campaignId, kind });
    return ok(null);
  });
}
