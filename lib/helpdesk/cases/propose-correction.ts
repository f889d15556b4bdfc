import { whenContended } from "#db/contended.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import type { ReachRefusal } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { openRequest } from "../two-officers/open-request.ts";
import { reachCase } from "./reach-case.ts";

/** `one_officer`: this kind is decided by one. `already_open`: a second officer has it before them. */
export type ProposeRefusal = ReachRefusal | "not_open" | "one_officer" | "already_open";

/**
 * An officer who has seen the document asks a second one to agree to another name or identity number. Nothing changes
 * until then. Answers the request's id.
 */
export function proposeCorrection(
  ctx: Context,
  reference: string,
  reason: Reason,
): Promise<Result<{ requestId: string }, ProposeRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<{ requestId: string }, ProposeRefusal>> => {
      const reached = await reachCase(tx, ctx, "correction.request", reference);
      if (!reached.ok) return reached;
      const { officer, account, filed } = reached.value;
      const { kind, id: caseId } = filed;
      if (kind !== "name" && kind !== "identity") return refuse("one_officer");
      return openRequest(tx, ctx, { officer, account }, { kind, reason, caseId });
    }),
  );
}
