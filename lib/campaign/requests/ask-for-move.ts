import { and, eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { run } from "#db/named.ts";
import { moveRequest } from "#db/schema/move-request.ts";
import { record } from "#lib/audit/record.ts";
import { type ReachRefusal, reachAccount } from "#lib/helpdesk/reach-account.ts";
import { type Reason, sealReason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid, uuidv7 } from "#lib/kernel/uuid.ts";
import { lookAgain } from "../people/look-again.ts";
import type { MoveRequestKind } from "./request-state.ts";

/** What an officer prepares for another to confirm. `roleId`: of the kinds about roles, and of them alone. */
export type MoveWanted = {
  campaignId: string;
  accountId: string;
  kind: MoveRequestKind;
  roleId: string | null;
  reason: Reason;
};

/**
 * `campaign_over`: it is not announced yet, or over, or none. `role_gone`: no role that can be given of a system the
 * campaign is about. `account_over`: suspended, closed, or not confirmed by the office. `move_asked`: the same waits
 * already. `move_confirmed`: that they move is confirmed. `has_role`, `lacks_role`: there is nothing to change.
 */
export type AskRefusal =
  | ReachRefusal
  | "campaign_over"
  | "role_gone"
  | "account_over"
  | "move_asked"
  | "move_confirmed"
  | "has_role"
  | "lacks_role";

const factsStatement = {
  name: "move_request_facts",
  text: `select c.state in ('announced', 'running') as "open",
      exists (select from move_request q where q.campaign_id = c.id and q.account_id = $2 and q.kind = 'enrolment' and q.state = 'confirmed') as "confirmed",
      exists (select from relying_party_role_grant g where g.account_id = $2 and g.role_id = $3::uuid and g.ended_at is null
        and (g.until_at is null or g.until_at > $4::timestamptz)) as "held",
      exists (select from relying_party_role r join relying_party p on p.id = r.relying_party_id
        where r.id = $3::uuid and exists (select from campaign_target t join relying_party_role of on of.id = t.role_id
          where t.campaign_id = c.id and of.relying_party_id = r.relying_party_id)
          and ($5 = 'role_end' or r.retired_at is null and p.disabled_at is null)) as "role"
    from campaign c where c.id = $1`,
};
type Facts = { open: boolean; confirmed: boolean; held: boolean; role: boolean };

/**
 * An SA (or whoever stands above) prepares that somebody of their offices moves, or that a role is given to them or taken;
 * an AP confirms. Nobody does for themselves. Of the same thing one request waits at a time, whoever asked.
 */
export function askForMove(ctx: Context, wanted: MoveWanted): Promise<Result<{ requestId: string }, AskRefusal>> {
  return whenContended(() =>
    ctx.db.transaction(async (tx): Promise<Result<{ requestId: string }, AskRefusal>> => {
      const { campaignId, accountId, kind, reason } = wanted;
      const reached = await reachAccount(tx, ctx, "move.request", accountId);
      if (!reached.ok) return reached;
      const { officer, account } = reached.value;
      const roleId = kind === "enrolment" ? null : wanted.roleId;
      const may = await mayBeAsked(tx, ctx, { ...wanted, roleId });
      if (!may.ok) return may;
      const over = account.status === "suspended" || account.status === "closed" || account.staffConfirmedAt === null;
      if (over && kind !== "role_end") return refuse("account_over");
      const now = ctx.now();
      const id = uuidv7(now, ctx.random);
      const waiting = await tx.$count(
        moveRequest,
        and(
          eq(moveRequest.campaignId, campaignId),
          eq(moveRequest.accountId, accountId),
          eq(moveRequest.kind, kind),
          eq(moveRequest.state, "open"),
          ...(roleId ? [eq(moveRequest.roleId, roleId)] : []),
        ),
      );
      if (waiting > 0) return refuse("move_asked");
      await tx.insert(moveRequest).values({
        ...{ id, campaignId, accountId, kind, roleId },
        requestedBy: officer.accountId,
        reasonSealed: sealReason(ctx, reason, id),
        requestedAt: now,
      });
      await record(tx, ctx, { type: "move_request.opened", accountId, requestId: id, campaignId, kind });
      await lookAgain(tx, ctx, [accountId]);
      return ok({ requestId: id });
    }),
  );
}

async function mayBeAsked(
  tx: Tx,
  ctx: Context,
  { campaignId, accountId, kind, roleId }: Omit<MoveWanted, "reason">,
): Promise<Result<null, AskRefusal>> {
  const values = [campaignId, accountId, isUuid(roleId) ? roleId : null, ctx.now(), kind];
  const [facts] = isUuid(campaignId) ? await run<Facts>(tx, factsStatement, values) : [];
  if (!facts?.open) return refuse("campaign_over");
  if (kind === "enrolment") return facts.confirmed ? refuse("move_confirmed") : ok(null);
  if (!facts.role) return refuse("role_gone");
  if (kind === "role_grant") return facts.held ? refuse("has_role") : ok(null);
  return facts.held ? ok(null) : refuse("lacks_role");
}
