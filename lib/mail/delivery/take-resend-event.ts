import { webhookEvent } from "#db/schema/helpdesk.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { readResendEvent } from "./judge-resend.ts";
import { keepProviderId, type Recorded, recordOutcome } from "./record-outcome.ts";

/** `repeated`: an event of this id was taken in before. `of_no_letter`: it tells nothing of a letter of ours. */
export type Taken = Recorded | "repeated" | "of_no_letter";

/**
 * Takes in an event whose signature was verified. Each id counts once, of two at the same time one; after that it is
 * harmless in any order.
 */
export function takeResendEvent(ctx: Context, eventId: string, event: unknown): Promise<Taken> {
  return ctx.db.transaction(async (tx) => {
    const fresh = await tx
      .insert(webhookEvent)
      .values({ id: eventId, receivedAt: ctx.now() })
      .onConflictDoNothing()
      .returning({ id: webhookEvent.id });
    if (fresh.length === 0) return "repeated";
    const heard = readResendEvent(event, ctx.now());
    if (!heard || !isUuid(heard.letterId)) return "of_no_letter";
    const recorded = await recordOutcome(tx, ctx, heard.letterId, heard.outcome);
    if (recorded !== "unknown" && heard.providerId) await keepProviderId(tx, heard.letterId, heard.providerId);
    return recorded;
  });
}
