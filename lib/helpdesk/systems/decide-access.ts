import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { accessRequest } from "#db/schema/relying-party.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import { record } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { sealRefusal } from "#lib/relying-party/access/seal-request-words.ts";
import { recordAction } from "../act.ts";
import { atDesk } from "../actions/act-on.ts";
import type { ReachRefusal } from "../reach-account.ts";
import type { Reason } from "../reason.ts";
import { checkPeriod, type Period, type PeriodRefusal } from "../roles/check-period.ts";
import { type GiveRefusal, giveSystemRoles } from "./give-system-roles.ts";
import { type ReachedRequest, reachAccessRequest } from "./reach-access-request.ts";

/** `access_decided`: somebody else was faster, or whoever asked has taken it back. */
export type DecideRefusal = ReachRefusal | ChangeRefusal | "access_decided";
export type ApproveRefusal = DecideRefusal | PeriodRefusal | GiveRefusal;

/**
 * An SA, AP or administrator of the office grants what somebody asked for, as one role or several of that system, after a
 * fresh proof. Of any number at once one decides.
 */
export async function approveAccess(
  ctx: Context,
  requestId: string,
  { reason, ...wanted }: Period & { roleIds: readonly string[]; reason: Reason },
): Promise<Result<null, ApproveRefusal>> {
  const period = checkPeriod(ctx.now(), wanted);
  if (!period.ok) return period;
  return decide(ctx, requestId, async (tx, desk, request) =>
    // Giving the roles grants the request, as it does where they are given from the account.
    giveSystemRoles(tx, desk, request, { ...wanted, relyingPartyId: request.relyingPartyId }, () =>
      recordAction(tx, desk, { accountId: request.account.id, action: "decide_access", reason }),
    ),
  );
}

/** The same, refused: `answer` says why, and whoever asked reads it. They may ask again. */
export function refuseAccess(ctx: Context, requestId: string, answer: Reason): Promise<Result<null, DecideRefusal>> {
  return decide(ctx, requestId, async (tx, desk, { officer, account, relyingPartyId, system }) => {
    await recordAction(tx, desk, { accountId: account.id, action: "decide_access", reason: answer });
    await tx
      .update(accessRequest)
      .set({
        state: "refused",
        decidedAt: desk.now(),
        decidedBy: officer.accountId,
        refusalSealed: sealRefusal(desk, requestId, answer),
      })
      .where(eq(accessRequest.id, requestId));
    const about = { accountId: account.id, requestId, relyingPartyId, system };
    await record(tx, desk, { type: "access_request.declined", ...about });
    await notifyOwner(tx, desk, account.id, "access_refused", { system });
    return ok(null);
  });
}

function decide<E extends string>(
  ctx: Context,
  requestId: string,
  deed: (tx: Tx, desk: Context, request: ReachedRequest) => Promise<Result<null, E>>,
): Promise<Result<null, E | DecideRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<null, E | DecideRefusal>> => {
      const reached = await reachAccessRequest(tx, ctx, requestId);
      if (!reached.ok) return reached;
      const may = await mayChange(tx, ctx, "system.assign");
      if (!may.ok) return may;
      return deed(tx, await atDesk(tx, ctx, reached.value.officer.accountId), reached.value);
    }),
  );
}
