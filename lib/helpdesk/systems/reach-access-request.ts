import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { accessRequest, relyingParty } from "#db/schema/relying-party.ts";
import { holdById } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import type { Reached } from "../reach-account.ts";
import { type ReachRefusal, requireReach } from "../require-reach.ts";
import { holdBoth } from "../two-officers/hold-both.ts";

export type ReachedRequest = Reached & { relyingPartyId: string; system: string };

/**
 * The officer who acts and an open request for access. Its person's row is held until the transaction ends, as it is by whoever
 * else decides on the request or takes it back.
 * A request outside their offices does not exist for them, no more than an id that is nobody's: both are recorded.
 * `access_decided`: it was decided, or taken back.
 */
export async function reachAccessRequest(
  tx: Tx,
  ctx: Context,
  requestId: string,
): Promise<Result<ReachedRequest, ReachRefusal | "access_decided">> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const its = eq(accessRequest.id, requestId);
  const [named] = isUuid(requestId)
    ? await tx
        .select({ accountId: accessRequest.accountId, relyingPartyId: relyingParty.id, system: relyingParty.name })
        .from(accessRequest)
        .innerJoin(relyingParty, eq(relyingParty.id, accessRequest.relyingPartyId))
        .where(its)
    : [];
  if (named) await holdBoth(tx, ctx, named.accountId);
  const reached = await requireReach(tx, ctx, "system.assign", named && (await holdById(tx, named.accountId)));
  if (!reached.ok) return reached;
  const [asked] = await tx.select({ state: accessRequest.state }).from(accessRequest).where(its);
  if (!named || asked?.state !== "open") return refuse("access_decided");
  const { relyingPartyId, system } = named;
  return ok({ ...reached.value, relyingPartyId, system });
}
