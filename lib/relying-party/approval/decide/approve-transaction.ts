import type { ProveUse } from "#lib/authenticators/passkey/challenge.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { type ProveRefusal, proveOnPage } from "#lib/sign-in/prove-on-page.ts";
import { type DecideRefusal, decideApproval } from "./decide-approval.ts";

/** What a passkey's answer approves: this approval, with this content, in this session. To any other it is none. */
export const approvalUse = (approvalId: string, digest: string, sessionId: string): ProveUse => ({
  purpose: "approve",
  binding: `${approvalId}\0${digest}\0${sessionId}`,
});

export type Approving = {
  approvalId: string;
  /** Of what the page showed. */
  digest: string;
  /** The system is told the person's name otherwise too. */
  tellsName: boolean;
  given: { code: string } | { credentialJson: string };
};

export type ApproveAnswer = Result<null, DecideRefusal | ProveRefusal> & {
  retryAfterSeconds?: number;
  unknownCredential?: string;
};

/**
 * The signed-in person approves what they were shown, by a code of their app or a passkey that they give on this very page. What
 * a page shows of it is looked at again when it is written.
 */
export async function approveTransaction(ctx: Context, { given, ...said }: Approving): Promise<ApproveAnswer> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const use = approvalUse(said.approvalId, said.digest, ctx.actor.sessionId);
  const proven = await proveOnPage(ctx, "code" in given ? given : { ...given, use });
  if (!proven.ok) return proven;
  return decideApproval(ctx, { ...said, decision: "approved", proof: proven.value });
}
