import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { run } from "#db/named.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import { recordAction } from "#lib/helpdesk/act.ts";
import { atDesk } from "#lib/helpdesk/actions/act-on.ts";
import { type Reached, type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import { type Reason, sealReason } from "#lib/helpdesk/reason.ts";
import { recordRefusal } from "#lib/helpdesk/require-reach.ts";
import { holdBoth } from "#lib/helpdesk/two-officers/hold-both.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { lookAgain } from "../people/look-again.ts";
import { bringAbout } from "./bring-about.ts";
import { type Hindrance, hindranceOf, type RequestRow, requestColumns, requestJoins } from "./request-rows.ts";
import { nextState } from "./request-state.ts";
import { tellAsker } from "./tell-asker.ts";

/**
 * `seen`: what of the request its officer has read (`MoveRequestShown.seen`). `reason`: why not, for whoever asked; a
 * confirmation takes over theirs.
 */
export type MoveDecision = { seen: string } & ({ confirm: true } | { confirm: false; reason: Reason });

/**
 * `move_decided`: somebody else was faster, or whoever asked has taken it back. `campaign_over`: nothing moves in its
 * campaign. `changed_meanwhile`: what was read is no longer so.
 */
export type DecideMoveRefusal =
  | ReachRefusal
  | ChangeRefusal
  | Hindrance
  | "move_decided"
  | "campaign_over"
  | "changed_meanwhile";

type Held = RequestRow & { campaignState: string };

const statement = {
  name: "move_request_held",
  text: `select ${requestColumns("$2")}, c.state as "campaignState" from move_request q ${requestJoins}
    join campaign c on c.id = q.campaign_id where q.id = $1 for update of q`,
};

/**
 * A second officer decides on what another prepared, after a fresh proof, and what comes of it happens in the same
 * transaction. Rights, scope and rank of both are read at this moment. Of any number at once one decides. What was
 * overtaken meanwhile (the role is held, or is not any more) is over by it.
 */
export function decideMove(
  ctx: Context,
  requestId: string,
  decision: MoveDecision,
): Promise<Result<null, DecideMoveRefusal>> {
  return whenContended(() => ctx.db.transaction((tx) => decide(tx, ctx, requestId, decision)));
}

async function decide(
  tx: Tx,
  ctx: Context,
  requestId: string,
  decision: MoveDecision,
): Promise<Result<null, DecideMoveRefusal>> {
  const held = await holdRequest(tx, ctx, requestId);
  if (!held.ok) return held;
  const { row, reached } = held.value;
  const { id, accountId, campaignId, kind } = row;
  const refused = (reason: AuditEvents["move_request.refused"]["reason"]) =>
    record(tx, ctx, { type: "move_request.refused", accountId, requestId: id, reason });

  const to = nextState(row.state, decision.confirm ? "confirm" : "refuse");
  if (!to.ok) {
    await refused("not_open");
    return to;
  }
  if (row.campaignState === "closed") return refuse("campaign_over");
  const hindrance = hindranceOf(reached.officer, row);
  if (hindrance === "own") {
    await refused("same_person");
    return refuse("own");
  }
  const may = await mayChange(tx, ctx, "move.decide");
  if (!may.ok) return may;
  const about = { accountId, requestId: id, campaignId, kind };
  const decided = { decidedBy: reached.officer.accountId, decidedAt: ctx.now() };
  if (hindrance === "has_role" || hindrance === "lacks_role") {
    await tx.update(moveRequest).set({ state: "moot", decidedAt: ctx.now() }).where(eq(moveRequest.id, id));
    await record(tx, ctx, { type: "move_request.overtaken", ...about });
    return refuse(hindrance);
  }
  if (decision.seen !== row.seen) return refuse("changed_meanwhile");
  if (!decision.confirm) {
    await tx
      .update(moveRequest)
      .set({ state: to.value, ...decided, decisionReasonSealed: sealReason(ctx, decision.reason, id) })
      .where(eq(moveRequest.id, id));
    await recordAction(tx, ctx, { accountId, action: "decide_move", reason: decision.reason });
    await record(tx, ctx, { type: "move_request.declined", ...about });
    await tellAsker(tx, ctx, row.askerId, campaignId);
    return ok(null);
  }
  if (hindrance !== null) {
    if (hindrance === "asker_may_not") await refused("asker_may_not");
    return refuse(hindrance);
  }
  const came = await bringAbout(tx, await atDesk(tx, ctx, reached.officer.accountId), reached, row);
  if (!came.ok) return came;
  await tx
    .update(moveRequest)
    .set({ state: to.value, ...decided })
    .where(eq(moveRequest.id, id));
  await record(tx, ctx, { type: "move_request.confirmed", ...about });
  await lookAgain(tx, ctx, [accountId]);
  return ok(null);
}

/** The request and its account, both held; for whoever may not decide on it, it does not exist. */
async function holdRequest(
  tx: Tx,
  ctx: Context,
  requestId: string,
): Promise<Result<{ row: Held; reached: Reached }, ReachRefusal>> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const its = eq(moveRequest.id, requestId);
  const [named] = isUuid(requestId)
    ? await tx.select({ accountId: moveRequest.accountId }).from(moveRequest).where(its)
    : [];
  if (!named) {
    await recordRefusal(tx, ctx, "move.decide", undefined);
    return refuse("not_found");
  }
  // The accounts' rows before the request's, as everybody who opens one does.
  await holdBoth(tx, ctx, named.accountId);
  const reached = await reachAccount(tx, ctx, "move.decide", named.accountId);
  if (!reached.ok) return reached;
  const [row] = await run<Held>(tx, statement, [requestId, ctx.now()]);
  return row ? ok({ row, reached: reached.value }) : refuse("not_found");
}
