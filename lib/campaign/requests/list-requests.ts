import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { type MoveRequestShown, type RequestRow, requestColumns, requestJoins, showRequest } from "./request-rows.ts";
import { TOGETHER } from "./request-state.ts";

export const requestLists = ["open", "decided"] as const;
export type RequestList = (typeof requestLists)[number];

/** A place in a list: the moment of a request and its id. */
type Place = { at: Date; id: string };

const listed = (list: RequestList): { where: string; order: string; beyond: string } =>
  list === "open"
    ? {
        where: "q.state = 'open'",
        order: "q.requested_at, q.id",
        beyond: "(q.requested_at, q.id) > ($3::timestamptz, $4::uuid)",
      }
    : {
        where: "q.state <> 'open'",
        order: "q.decided_at desc, q.id desc",
        beyond: "(q.decided_at, q.id) < ($3::timestamptz, $4::uuid)",
      };

const statementOf = (list: RequestList) => {
  const { where, order, beyond } = listed(list);
  return {
    name: `move_requests_${list}`,
    text: `with page as (
        select q.* from move_request q join account a on a.id = q.account_id
        where q.campaign_id = $1 and ${where} and ${scopeCondition("a.office_id", "$2")} and ($4::uuid is null or ${beyond})
        order by ${order} limit ${TOGETHER + 1}
      ) select ${requestColumns("$5")} from page q ${requestJoins} order by ${order}`,
  };
};
const statements = { open: statementOf("open"), decided: statementOf("decided") };

/**
 * What was prepared in a campaign for people of the officer's offices: what waits, the longest first, or what was decided,
 * the latest first. A page of them from a place on that the list gave, and the next place. One query.
 */
export async function listRequests(
  ctx: Context,
  officer: Officer,
  campaignId: string,
  { list, from }: { list: RequestList; from: string | null },
): Promise<{ requests: MoveRequestShown[]; next: string | null }> {
  const place = readPlace(from);
  const rows = await run<RequestRow>(ctx.db, statements[list], [
    campaignId,
    scopeParameter(scopeOf(officer, "move.request")),
    place?.at ?? null,
    place?.id ?? null,
    ctx.now(),
  ]);
  const requests = rows.slice(0, TOGETHER).map((row) => showRequest(ctx, officer, row));
  const last = rows.length > TOGETHER ? requests.at(-1) : undefined;
  const at = last && (list === "open" ? last.requestedAt : last.decidedAt);
  return { requests, next: last && at ? `${at.getTime()}_${last.id}` : null };
}

function readPlace(from: string | null): Place | null {
  const [, at, id] = /^(\d{1,14})_(.{36})$/.exec(from ?? "") ?? [];
  return at && isUuid(id) ? { at: new Date(Number(at)), id } : null;
}

const someStatement = {
  name: "move_requests_some",
  text: `select ${requestColumns("$4")} from move_request q ${requestJoins}
    where q.campaign_id = $1 and q.id = any($2::uuid[]) and ${scopeCondition("a.office_id", "$3")} order by q.requested_at, q.id`,
};

/** Some of them by their ids, as they stand now: for reading before deciding. What lies outside the officer's offices is not there. */
export async function findRequests(
  ctx: Context,
  officer: Officer,
  campaignId: string,
  ids: readonly string[],
): Promise<MoveRequestShown[]> {
  const scope = scopeParameter(scopeOf(officer, "move.request"));
  const named = ids.filter(isUuid).slice(0, TOGETHER);
  const rows = await run<RequestRow>(ctx.db, someStatement, [campaignId, named, scope, ctx.now()]);
  return rows.map((row) => showRequest(ctx, officer, row));
}
