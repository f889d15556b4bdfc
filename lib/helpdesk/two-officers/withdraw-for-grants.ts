import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

/** A second officer has nothing to decide on any more: these roles are no longer asked for. The caller holds the account's row. */
export async function withdrawForGrants(tx: Tx, ctx: Context, grantIds: readonly string[]): Promise<void> {
  const withdrawn = await tx
    .update(officerRequest)
    .set({ state: "withdrawn", decidedAt: ctx.now() })
    .where(and(inArray(officerRequest.grantId, [...grantIds]), eq(officerRequest.state, "open")))
    .returning({ requestId: officerRequest.id, accountId: officerRequest.accountId, kind: officerRequest.kind });
  await recordAll(
    tx,
    ctx,
    withdrawn.map((request) => ({ type: "officer_request.withdrawn", ...request }) as const),
  );
}
