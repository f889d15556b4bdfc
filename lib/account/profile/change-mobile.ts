import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { MobileNumber } from "#lib/kernel/mobile-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holdOwner } from "./hold-owner.ts";
import { sealMobile, unsealMobile } from "./seal-mobile.ts";

/**
 * The signed-in person gives another mobile number, or none, and is told of it by letter. The same number again
 * changes nothing. It proves nothing and opens nothing, so no fresh proof is asked for.
 */
export async function changeMobile(ctx: Context, mobile: MobileNumber | null): Promise<Result<null, "signed_out">> {
  return ctx.db.transaction(async (tx) => {
    const owner = await holdOwner(tx, ctx);
    if (!owner) return refuse("signed_out");
    if (unsealMobile(ctx, owner) === mobile) return ok(null);
    const mobileSealed = mobile && sealMobile(ctx, owner.id, mobile);
    await tx.update(account).set({ mobileSealed }).where(eq(account.id, owner.id));
    await record(tx, ctx, { type: "profile.changed", accountId: owner.id, field: "mobile" });
    await notifyOwner(tx, ctx, owner.id, "mobile_changed");
    return ok(null);
  });
}
