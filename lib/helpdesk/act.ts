import type { Tx } from "#db/client.ts";
import { officerAction } from "#db/schema/helpdesk.ts";
import type { Context } from "#lib/kernel/context.ts";
import { uuidv7 } from "#lib/kernel/uuid.ts";
import { type Reason, sealReason } from "./reason.ts";

/** Everything an officer may do to somebody's account. */
const officerActions = [
  "resend_activation",
  "correct_mailbox",
  "clear_mailbox",
  "confirm_staff",
  "void_registration",
  "unlock",
  "send_reset",
  "end_sessions",
  "suspend",
  "reinstate",
  "close",
  "reopen",
  "unmask",
  "decide_correction",
  "answer_case",
  "check_caller",
  "request_reset",
  "decide_reset",
  "grant_role",
  "end_role",
  "decide_leaver",
  "grant_system_role",
  "end_system_role",
  "decide_access",
  "report_token_lost",
  "report_token_misuse",
  "revoke_token",
  "decide_move",
] as const;
export type OfficerAction = (typeof officerActions)[number];

export type ActionWanted = { accountId: string; action: OfficerAction; reason: Reason; caseId?: string };

/**
 * Keeps what an officer did and why, in the transaction that does it; its id goes into the event of the trail. Whether
 * they may is the use case's to say (`reachAccount`). Throws for anybody who is not signed in.
 */
export async function recordAction(
  tx: Tx,
  ctx: Context,
  { reason, ...what }: ActionWanted,
): Promise<{ actionId: string }> {
  if (ctx.actor.kind !== "account") throw new Error("Only somebody signed in acts as an officer");
  const now = ctx.now();
  const id = uuidv7(now, ctx.random);
  await tx.insert(officerAction).values({
    id,
    ...what,
    officerId: ctx.actor.accountId,
    reasonSealed: sealReason(ctx, reason, id),
    at: now,
  });
  return { actionId: id };
}
