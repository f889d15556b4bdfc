import { and, eq, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { OfficerRequest } from "./request-state.ts";

/** Writes down that one ran out, where somebody has met it; the caller holds its account's row. */
export async function expireRequest(
  tx: Tx,
  ctx: Context,
  { id, accountId, kind }: Pick<OfficerRequest, "id" | "accountId" | "kind">,
): Promise<void> {
  const ended = await tx
    .update(officerRequest)
    .set({ state: "expired" })
    .where(and(eq(officerRequest.id, id), eq(officerRequest.state, "open")))
    .returning({ id: officerRequest.id });
  if (ended.length > 0) await record(tx, ctx, { type: "officer_request.expired", accountId, requestId: id, kind });
}

/** The same for all that nobody met: a job's. Answers how many. Safe to repeat. */
export async function expireRequests(ctx: Context): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const ended = await tx
      .update(officerRequest)
      .set({ state: "expired" })
      .where(and(eq(officerRequest.state, "open"), lte(officerRequest.expiresAt, ctx.now())))
      .returning({ id: officerRequest.id, accountId: officerRequest.accountId, kind: officerRequest.kind });
    await recordAll(
      tx,
      ctx,
      ended.map(({ id, accountId, kind }) => ({
        type: "officer_request.expired",
        accountId,
        requestId: id,
        kind,
      })),
    );
    return ended.length;
  });
}
