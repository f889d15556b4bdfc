import { whenContended } from "#db/contended.ts";
import { endSystemRoles } from "#lib/account/end-system-roles.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { endSessionsWithoutAccess } from "#lib/relying-party/end-sessions-without-access.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import { type ReachRefusal, reachAccount } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { holdBoth } from "../two-officers/hold-both.ts";

/** `not_held`: it ended meanwhile, or is somebody else's. */
export type EndSystemRoleRefusal = ReachRefusal | ChangeRefusal | "not_held";

/**
 * Takes a role in a system from somebody, after a fresh proof. Where it was the last that let them in, whatever is open
 * there ends with it, and the system is told; else its next token says what is left.
 */
export function endSystemRole(
  ctx: Context,
  accountId: string,
  grantId: string,
  reason: Reason,
): Promise<Result<null, EndSystemRoleRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<null, EndSystemRoleRefusal>> => {
      await holdBoth(tx, ctx, accountId);
      const reached = await reachAccount(tx, ctx, "system.assign", accountId);
      if (!reached.ok) return reached;
      const may = await mayChange(tx, ctx, "system.assign");
      if (!may.ok) return may;
      const desk = await atDesk(tx, ctx, reached.value.officer.accountId);
      const [ended] = isUuid(grantId) ? await endSystemRoles(tx, desk, { accountId, grantId }) : [];
      if (!ended) return refuse("not_held");
      const { actionId } = await recordAction(tx, desk, { accountId, action: "end_system_role", reason });
      await record(tx, desk, { type: "relying_party_role.ended", ...ended, actionId });
      await endSessionsWithoutAccess(tx, desk, { accountId });
      await notifyOwner(tx, desk, accountId, "system_role_ended", { system: ended.system });
      return ok(null);
    }),
  );
}
