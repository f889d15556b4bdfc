import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { answerInteraction } from "../provider/records/interaction-record.ts";
import type { System } from "./find-system.ts";
import type { NextStep } from "./next-step.ts";

/**
 * Somebody turns back on the way to a system: that is told `access_denied` when the browser is led there. At the question
 * whether they agree it is a refusal of theirs, and stands in the trail.
 */
export async function turnBack(
  ctx: Context,
  uid: string,
  { system, step }: { system: Pick<System, "id" | "name">; step: NextStep["step"] },
): Promise<void> {
  await answerInteraction(ctx, uid, { error: "access_denied", error_description: "the person turned back" });
  const { actor } = ctx;
  if (step !== "consent" || actor.kind !== "account") return;
  await ctx.db.transaction((tx) =>
    record(tx, ctx, {
      type: "relying_party.refused",
      accountId: actor.accountId,
      relyingPartyId: system.id,
      system: system.name,
      reason: "consent_denied",
    }),
  );
}
