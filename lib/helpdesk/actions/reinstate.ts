import type { AccountStatus } from "#db/schema/account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { reinstateAccount } from "#lib/recovery/suspend/reinstate-account.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/** A suspension is taken back; answers what the account is from here, which is what it was before. */
export const reinstate = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<AccountStatus, ReachRefusal | "not_suspended">> =>
  actOn(ctx, "reinstate", wanted, async ({ tx, ctx: desk, account, act }) => {
    if (account.status !== "suspended") return refuse("not_suspended");
    return reinstateAccount(tx, desk, account.id, await act());
  });
