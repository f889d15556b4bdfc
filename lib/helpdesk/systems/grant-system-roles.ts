import { whenContended } from "#db/contended.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { checkPeriod, type PeriodRefusal } from "../roles/check-period.ts";
import { holdBoth } from "../two-officers/hold-both.ts";
import { type GiveRefusal, giveSystemRoles, type SystemRolesWanted } from "./give-system-roles.ts";

export type SystemRolesRefusal = ReachRefusal | ChangeRefusal | PeriodRefusal | GiveRefusal;

/**
 * An SA, AP or administrator gives somebody of their office roles in a system, after a fresh proof. One person decides:
 * the roles give nothing in this portal, and its owner is told. Nobody gives themselves any.
 */
export async function grantSystemRoles(
  ctx: Context,
  accountId: string,
  { reason, ...wanted }: SystemRolesWanted & { reason: Reason },
): Promise<Result<null, SystemRolesRefusal>> {
  const period = checkPeriod(ctx.now(), wanted);
  if (!period.ok) return period;
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<null, SystemRolesRefusal>> => {
      await holdBoth(tx, ctx, accountId);
      const reached = await reachAccount(tx, ctx, "system.assign", accountId);
      if (!reached.ok) return reached;
      const may = await mayChange(tx, ctx, "system.assign");
      if (!may.ok) return may;
      const desk = await atDesk(tx, ctx, reached.value.officer.accountId);
      return giveSystemRoles(tx, desk, reached.value, wanted, () =>
        recordAction(tx, desk, { accountId, action: "grant_system_role", reason }),
      );
    }),
  );
}
