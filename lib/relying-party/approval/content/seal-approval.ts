import { APPROVAL_PURPOSES, type ApprovalPart, openApprovalPart } from "#lib/account/read-approval.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Sealed, seal } from "#lib/kernel/sealed.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Detail } from "./read-detail.ts";

export const sealOf = (ctx: Pick<Context, "keys" | "random">, what: ApprovalPart, id: string, plain: string): Sealed =>
  seal(ctx.keys.sealing, ctx.random, plain, APPROVAL_PURPOSES[what], id);

export const openedOr = <Nothing>(
  ctx: Pick<Context, "keys">,
  what: ApprovalPart,
  { id, sealed }: { id: string; sealed: string | null },
  nothing: Nothing,
): string | Nothing => (sealed === null ? nothing : openApprovalPart(ctx, what, id, sealed));

/** Of members that are given: what is left out is no part of what is signed. */
export const contentOf = (detail: Detail): string => canonicalJson(detail);

export const openedContent = (ctx: Pick<Context, "keys">, id: string, sealed: string): Detail =>
  JSON.parse(openApprovalPart(ctx, "content", id, sealed));
