import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { type SuspendRefusal, suspendAccount } from "#lib/recovery/suspend/suspend-account.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/** Nobody signs in to the account until it is reinstated; all that is open on it ends within the second. */
export const suspend = (ctx: Context, wanted: Wanted): Promise<Result<null, ReachRefusal | SuspendRefusal>> =>
  actOn(ctx, "suspend", wanted, async ({ tx, ctx: desk, account, act }) => {
    if (account.status === "suspended" || account.status === "closed") return refuse(account.status);
    return suspendAccount(tx, desk, account.id, await act());
  });
