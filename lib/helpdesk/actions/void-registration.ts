import type { Account } from "#lib/account/find-account.ts";
import { statesWith } from "#lib/account/lifecycle.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Result, refuse } from "#lib/kernel/result.ts";
import { closeAccount } from "#lib/recovery/close/close-account.ts";
import type { ReachRefusal } from "../reach-account.ts";
import { actOn, type Wanted } from "./act-on.ts";

/** A self-registration that nobody has activated, whose week is not over: what would lapse by itself. */
const isUnfinished = ({ status, selfRegisteredAt }: Pick<Account, "status" | "selfRegisteredAt">): boolean =>
  selfRegisteredAt !== null && statesWith("lapse").includes(status);

/**
 * Ends a registration before it lapses: somebody used a wrong identity number or address, or another person's. Both are
 * free at once, and the mailbox is told. Refuses `not_unfinished` for whoever was activated or is on the staff register.
 */
export const voidRegistration = (
  ctx: Context,
  wanted: Wanted,
): Promise<Result<null, ReachRefusal | "not_unfinished" | "closed">> =>
  actOn(
    ctx,
    "void_registration",
    wanted,
    async ({ tx, ctx: desk, account, act }): Promise<Result<null, "not_unfinished" | "closed">> => {
      if (!isUnfinished(account)) return refuse("not_unfinished");
      return closeAccount(tx, desk, account.id, { type: "registration.voided", ...(await act()) });
    },
  );
