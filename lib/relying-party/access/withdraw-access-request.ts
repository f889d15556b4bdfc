import { and, eq } from "drizzle-orm";
import { accessRequest, relyingParty } from "#db/schema/relying-party.ts";
import { holdOwner } from "#lib/account/profile/hold-owner.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";

/**
 * The signed-in person takes back a request for access, as long as nobody has decided it. Refuses `not_open`, also for one
 * of somebody else and without a session.
 */
export async function withdrawAccessRequest(ctx: Context, requestId: string): Promise<Result<null, "not_open">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner || !isUuid(requestId)) return refuse("not_open");
    const [withdrawn] = await tx
      .update(accessRequest)
      .set({ state: "withdrawn", decidedAt: ctx.now() })
      .from(relyingParty)
      .where(
        and(
          eq(relyingParty.id, accessRequest.relyingPartyId),
          eq(accessRequest.id, requestId),
          eq(accessRequest.accountId, owner.id),
          eq(accessRequest.state, "open"),
        ),
      )
      .returning({ relyingPartyId: relyingParty.id, system: relyingParty.name });
    if (!withdrawn) return refuse("not_open");
    await record(tx, ctx, { type: "access_request.withdrawn", accountId: owner.id, requestId, ...withdrawn });
    return ok(null);
  });
}
