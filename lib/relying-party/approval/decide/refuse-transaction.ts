import type { Context } from "#lib/kernel/context.ts";
import { paragraphs, type TextRefusal } from "#lib/kernel/plain-text.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { type DecideRefusal, decideApproval } from "./decide-approval.ts";

/** In characters. Shorter says nothing to whoever prepared the transaction. */
export const REASON = { min: 10, max: 500 } as const;

/** Reads the reason of a refusal from a form. */
export function readReason(form: FormData): Result<string, TextRefusal | "too_short"> {
  const read = paragraphs(form, "reason", { max: REASON.max });
  return read.ok && read.value.length < REASON.min ? refuse("too_short") : read;
}

/** The signed-in person refuses what they were shown, and says why: their system is told, signed as an approval is. */
export const refuseTransaction = (
  ctx: Context,
  said: { approvalId: string; digest: string; tellsName: boolean; reason: string },
): Promise<Result<null, DecideRefusal>> => decideApproval(ctx, { ...said, decision: "refused" });
