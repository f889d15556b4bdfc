import { and, eq } from "drizzle-orm";
import { hardwareToken } from "#db/schema/hardware-token.ts";
import { holdOwner } from "#lib/account/profile/hold-owner.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { lookAgain } from "../../people/look-again.ts";
import { type MoveRefusal, moveToken } from "./move-token.ts";
import { tellOffices } from "./tell-offices.ts";

export type ReportLostRefusal = MoveRefusal | "signed_out" | "not_found";

/**
 * "I lost my token": it is out of use at once; its owner and the SAs of their office are told. It takes no fresh proof, as
 * locking an account takes none: whoever finds the token must not be faster than the one who lost it. `not_found`: it is
 * not theirs. `not_movable`: it is lost already, or came back.
 */
export async function reportLostToken(
  ctx: Context,
  tokenId: string,
  note?: string,
): Promise<Result<{ serial: string }, ReportLostRefusal>> {
  return ctx.db.transaction(async (tx): Promise<Result<{ serial: string }, ReportLostRefusal>> => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    const theirs = and(eq(hardwareToken.id, tokenId), eq(hardwareToken.holderId, owner.id));
    const [token] = isUuid(tokenId) ? await tx.select().from(hardwareToken).where(theirs) : [];
    if (!token) return refuse("not_found");
    const moving = { token, move: "report_lost", seen: token.state, byId: owner.id, note } as const;
    const moved = await moveToken(tx, ctx, moving);
    if (!moved.ok) return moved;
    const { serial } = token;
    await record(tx, ctx, { type: "hardware_token.lost", accountId: owner.id, tokenId, serial, actionId: null });
    await notifyOwner(tx, ctx, owner.id, "token_lost", { system: serial });
    await tellOffices(tx, ctx, { tokenId, holderId: owner.id, officeId: owner.officeId });
    // The move they have before them is looked at now: it is the next thing they are led to.
    await lookAgain(tx, ctx, [owner.id]);
    return ok({ serial });
  });
}
