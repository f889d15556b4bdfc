import { and, eq, isNull } from "drizzle-orm";
import { consent, relyingParty } from "#db/schema/relying-party.ts";
import { holdOwner } from "#lib/account/profile/hold-owner.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { endRelyingPartySessions } from "../end-relying-party-sessions.ts";

/**
 * The signed-in person ends what a system was given: every sign-in of theirs to it, from whatever browser, and what they
 * agreed to. Their roles stay, so that they may open it again, and are then asked again what they had agreed to. Answers
 * the system's name; `not_connected` where there is nothing to end. Needs no fresh proof: it only takes away.
 */
export async function endConnection(
  ctx: Context,
  relyingPartyId: string,
): Promise<Result<{ system: string }, "not_connected">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner || !isUuid(relyingPartyId)) return refuse("not_connected");
    const [found] = await tx
      .select({ system: relyingParty.name })
      .from(relyingParty)
      .where(eq(relyingParty.id, relyingPartyId));
    if (!found) return refuse("not_connected");
    const theirs = { accountId: owner.id, relyingPartyId };
    const withdrawn = await tx
      .update(consent)
      .set({ withdrawnAt: ctx.now() })
      .where(
        and(eq(consent.accountId, owner.id), eq(consent.relyingPartyId, relyingPartyId), isNull(consent.withdrawnAt)),
      )
      .returning({ id: consent.id });
    if (withdrawn.length > 0) await record(tx, ctx, { type: "consent.withdrawn", ...theirs, system: found.system });
    const why = withdrawn.length > 0 ? "consent_withdrawn" : "signed_out_of_system";
    const ended = await endRelyingPartySessions(tx, ctx, theirs, why);
    return withdrawn.length > 0 || ended > 0 ? ok(found) : refuse("not_connected");
  });
}
