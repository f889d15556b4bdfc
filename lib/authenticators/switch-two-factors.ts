import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { notifyOwner } from "./notify-owner.ts";

/**
 * agency_decides: everybody with a second factor gives both, and no owner has a say. no_second_factor: there is nothing
 * to ask for.
 */
export type SwitchTwoFactorsRefusal = ChangeRefusal | "agency_decides" | "no_second_factor";

/** "Two factors every time", on or off. As it already was, it is not told of again. */
export async function switchTwoFactors(ctx: Context, on: boolean): Promise<Result<null, SwitchTwoFactorsRefusal>> {
  return ctx.db.transaction(async (tx) => {
    const may = await mayChange(tx, ctx, "two_factors.switch");
    if (!may.ok) return may;
    const { accountId, enrolled } = may.value;
    if (ctx.policy.twoFactors === "always") return refuse("agency_decides");
    if (on && !hasSecondFactor(enrolled)) return refuse("no_second_factor");
    if (enrolled.asksTwoFactors === on) return ok(null);
    await tx.update(account).set({ asksTwoFactors: on }).where(eq(account.id, accountId));
    await record(tx, ctx, { type: "two_factors.switched", accountId, on });
    await notifyOwner(tx, ctx, accountId, on ? "two_factors_on" : "two_factors_off");
    return ok(null);
  });
}
