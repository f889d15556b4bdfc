import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { account as accounts } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge } from "#lib/office/roles/rights.ts";
import { grantsOf, ranksOf } from "#lib/office/roles/rights-now.ts";
import { recordAction } from "../act.ts";
import { type Reached, type ReachRefusal, reachAccount } from "../reach-account.ts";
import { type Reason, sealReason } from "../reason.ts";
import { expireRequest } from "./expire-requests.ts";
import { holdBoth } from "./hold-both.ts";
import type { OutcomeRefusal } from "./outcome.ts";
import { outcomes } from "./outcomes.ts";
import { actionOfKind, nextState, type OfficerRequest, rightsOfKind, stateAt } from "./request-state.ts";

/** `reason`: why, for the trail and for whoever asked. */
export type DecisionWanted = { approve: boolean; reason: Reason };

/**
 * `own_request`: whoever asked does not decide. `asker_may_not`: whoever asked may not do so any more. `expired`,
 * `not_open`: it is over. `step_up`: a fresh proof is missing.
 */
export type DecisionRefusal =
  | ReachRefusal
  | ChangeRefusal
  | OutcomeRefusal
  | "own_request"
  | "asker_may_not"
  | "expired"
  | "not_open";

export type Decided = { state: "approved" | "refused"; ticketId: string | null };

/**
 * A second officer decides on what another asked for, and what comes of it happens in the same transaction. Rights, scope
 * and rank of both are read at this moment: what either was when it was asked for counts nothing. Of any number at once
 * one decides.
 */
export function decideRequest(
  ctx: Context,
  requestId: string,
  wanted: DecisionWanted,
): Promise<Result<Decided, DecisionRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => decide(tx, ctx, requestId, wanted)));
}

async function decide(
  tx: Tx,
  ctx: Context,
  requestId: string,
  wanted: DecisionWanted,
): Promise<Result<Decided, DecisionRefusal>> {
  const held = await holdRequest(tx, ctx, requestId);
  if (!held.ok) return held;
  const { request, reached } = held.value;
  const { id, kind, accountId } = request;
  const refused = async (reason: AuditEvents["officer_request.refused"]["reason"]) =>
    record(tx, ctx, { type: "officer_request.refused", accountId, requestId: id, reason });

  if (request.requestedBy === reached.officer.accountId) {
    await refused("same_person");
    return refuse("own_request");
  }
  const state = stateAt(request, ctx.now());
  if (state === "expired" && request.state === "open") await expireRequest(tx, ctx, request);
  if (state === "expired") {
    await refused("expired");
    return refuse("expired");
  }
  const to = nextState(state, wanted.approve ? "approve" : "decline");
  if (!to.ok) {
    await refused("not_open");
    return to;
  }
  const may = await mayChange(tx, ctx, "reset.decide");
  if (!may.ok) return may;
  const decision = { request, reached, reason: wanted.reason };
  const outcome = outcomes[kind];
  let ticketId: string | null = null;
  if (wanted.approve) {
    if (!(await askerMay(tx, ctx, request, reached))) {
      await refused("asker_may_not");
      return refuse("asker_may_not");
    }
    const came = await outcome.approved(tx, ctx, decision);
    if (!came.ok) return came;
    ticketId = came.value.ticketId ?? null;
  } else await outcome.declined?.(tx, ctx, decision);

  await tx
    .update(officerRequest)
    .set({
      state: to.value,
      decidedBy: reached.officer.accountId,
      decidedAt: ctx.now(),
      decisionReasonSealed: sealReason(ctx, wanted.reason, id),
      ticketId,
    })
    .where(eq(officerRequest.id, id));
  await recordAction(tx, ctx, {
    accountId,
    action: actionOfKind[kind],
    reason: wanted.reason,
    ...(request.caseId && { caseId: request.caseId }),
  });
  const type = wanted.approve ? "officer_request.approved" : "officer_request.declined";
  await record(tx, ctx, { type, accountId, requestId: id, kind });
  return ok({ state: wanted.approve ? "approved" : "refused", ticketId });
}

/** The request and its account, both held; for whoever may not decide on it, it does not exist. */
async function holdRequest(
  tx: Tx,
  ctx: Context,
  requestId: string,
): Promise<Result<{ request: OfficerRequest; reached: Reached }, ReachRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const its = eq(officerRequest.id, requestId);
  const [named] = isUuid(requestId) ? await tx.select().from(officerRequest).where(its) : [];
  if (!named) {
    await record(tx, ctx, { type: "access.refused", accountId: null, right: "reset.decide" });
    return refuse("not_found");
  }
  // The accounts' rows before the request's, as everybody who opens one does.
  await holdBoth(tx, ctx, named.accountId);
  const reached = await reachAccount(tx, ctx, rightsOfKind[named.kind].decide, named.accountId);
  if (!reached.ok) return reached;
  const [request] = await tx.select().from(officerRequest).where(its).for("update");
  return request ? ok({ request, reached: reached.value }) : refuse("not_found");
}

/** Whether whoever asked is still at work, and would still be allowed to ask. */
async function askerMay(tx: Tx, ctx: Context, request: OfficerRequest, { account }: Reached): Promise<boolean> {
  const { requestedBy, kind } = request;
  const [asker] = await tx.select({ status: accounts.status }).from(accounts).where(eq(accounts.id, requestedBy));
  if (asker?.status !== "activated") return false;
  const officer = { accountId: requestedBy, sessionId: "", grants: await grantsOf(tx, ctx, requestedBy) };
  const grants = await ranksOf(tx, ctx, account.id);
  const target = { accountId: account.id, officeId: account.officeId, grants };
  if (judge(officer, rightsOfKind[kind].ask, target) !== "allowed") return false;
  return (await outcomes[kind].askable?.(tx, request, officer)) ?? true;
}

/** Whoever asked takes it back, as long as nobody has decided. Refuses `not_open`, also for one that is another's. */
export async function withdrawRequest(ctx: Context, requestId: string): Promise<Result<null, "not_open">> {
  if (ctx.actor.kind !== "account" || !isUuid(requestId)) return refuse("not_open");
  const own = and(eq(officerRequest.id, requestId), eq(officerRequest.requestedBy, ctx.actor.accountId));
  return ctx.db.transaction(async (tx) => {
    const [request] = await tx.select().from(officerRequest).where(own).for("update");
    if (!request) return refuse("not_open");
    const to = nextState(stateAt(request, ctx.now()), "withdraw");
    if (!to.ok) return to;
    await tx
      .update(officerRequest)
      .set({ state: to.value, decidedAt: ctx.now() })
      .where(eq(officerRequest.id, requestId));
    const { accountId, kind } = request;
    await record(tx, ctx, { type: "officer_request.withdrawn", accountId, requestId, kind });
    return ok(null);
  });
}
