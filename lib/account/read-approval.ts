import type { Context } from "#lib/kernel/context.ts";
import { unseal } from "#lib/kernel/sealed.ts";

/** What of a transaction's approval lies sealed, and as what. It is read here, since it is in its owner's copy too. */
export const APPROVAL_PURPOSES = {
  content: "transaction_approval.content",
  reason: "transaction_approval.reason",
  statement: "transaction_approval.statement",
} as const;
export type ApprovalPart = keyof typeof APPROVAL_PURPOSES;

/** A part of an approval by its id. Throws where it was altered, or moved to another row. */
export const openApprovalPart = (ctx: Pick<Context, "keys">, part: ApprovalPart, id: string, sealed: string): string =>
  unseal(ctx.keys.sealing, sealed, APPROVAL_PURPOSES[part], id);
