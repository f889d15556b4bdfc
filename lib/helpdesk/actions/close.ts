import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { closeAccount } from "#lib/recovery/close/close-account.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/** Ends an account: its identity number and address are free for another. Only two officers bring it back. */
export const close = (ctx: Context, wanted: Wanted): Promise<Result<null, ReachRefusal | "closed">> =>
  actOn(ctx, "close", wanted, async ({ tx, ctx: desk, account, act }) => {
    if (account.status === "closed") return refuse("closed");
    return closeAccount(tx, desk, account.id, { type: "account.closed", ...(await act()) });
  });
