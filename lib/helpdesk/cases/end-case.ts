import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { type CaseEnding, sealEnding } from "#lib/account/open-case.ts";
import { record, recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Filed } from "./reach-case.ts";

export type EndState = "approved" | "refused" | "closed";

/**
 * Ends a case, in the transaction of what was decided: what its owner reads of it and what was so before are kept, and
 * they are told. The caller holds the case's row and has seen it open.
 */
export async function endCase(
  tx: Tx,
  ctx: Context,
  filed: Pick<Filed, "id" | "accountId" | "kind" | "reference">,
  state: EndState,
  ending: CaseEnding,
): Promise<void> {
  const { id, accountId, kind, reference } = filed;
  await tx
    .update(helpdeskCase)
    .set({
      ...sealEnding(ctx, id, ending),
      state,
      endedAt: ctx.now(),
      decidedBy: ctx.actor.kind === "account" ? ctx.actor.accountId : null,
    })
    .where(eq(helpdeskCase.id, id));
  await record(tx, ctx, { type: `case.${state}`, accountId, caseId: id, kind });
  if (state !== "closed") await notifyOwner(tx, ctx, accountId, `correction_${state}`, { reference });
}

/** A second officer has nothing to decide on any more: the case is over. */
export async function withdrawRequestsOn(tx: Tx, ctx: Context, { id, accountId }: Filed): Promise<void> {
  const withdrawn = await tx
    .update(officerRequest)
    .set({ state: "withdrawn", decidedAt: ctx.now() })
    .where(and(eq(officerRequest.caseId, id), eq(officerRequest.state, "open")))
    .returning({ requestId: officerRequest.id, kind: officerRequest.kind });
  await recordAll(
    tx,
    ctx,
    withdrawn.map((request) => ({ type: "officer_request.withdrawn", accountId, ...request })),
  );
}
