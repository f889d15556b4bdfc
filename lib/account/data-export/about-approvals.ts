import { desc, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { transactionApproval } from "#db/schema/approval.ts";
import { relyingParty } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type ApprovalPart, openApprovalPart } from "../read-approval.ts";

/** What systems asked the person to approve, with all they were shown, what they said, and the statement of it; the newest first. */
export async function aboutApprovals(tx: Tx, ctx: Pick<Context, "keys">, accountId: string) {
  const rows = await tx
    .select({ system: relyingParty.name, approval: transactionApproval })
    .from(transactionApproval)
    .innerJoin(relyingParty, eq(relyingParty.id, transactionApproval.relyingPartyId))
    .where(eq(transactionApproval.accountId, accountId))
    .orderBy(desc(transactionApproval.requestedAt));
  return rows.map(({ system, approval }) => {
    const { id, state, requestedAt, shownAt, expiresAt, decidedAt } = approval;
    const opened = (part: ApprovalPart, sealed: string | null) =>
      sealed === null ? null : openApprovalPart(ctx, part, id, sealed);
    return {
      ...{ system, state, requestedAt, shownAt, expiresAt, decidedAt },
      content: JSON.parse(opened("content", approval.contentSealed) ?? "null"),
      reason: opened("reason", approval.reasonSealed),
      statement: opened("statement", approval.statementSealed),
    };
  });
}
