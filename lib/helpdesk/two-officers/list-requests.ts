import { run } from "#db/named.ts";
import type { OfficerRequestKind } from "#lib/audit/catalogue.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before, days } from "#lib/kernel/time.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { rightsOfKind } from "./request-state.ts";

/** How long one that its owner stopped stays in sight of the officers: somebody may have pretended to be them. */
const STOPPED_SHOWN = days(7);

/**
 * A line of the worklist. `own`: whoever looks has asked for it, so another decides. `stoppedAt`: its owner stopped it, and
 * officers look into why.
 */
export type ListedRequest = {
  id: string;
  kind: OfficerRequestKind;
  accountId: string;
  fullName: string;
  office: string;
  askedBy: string;
  askedAt: Date;
  expiresAt: Date;
  stoppedAt: Date | null;
  own: boolean;
};

const kinds = Object.keys(rightsOfKind) as OfficerRequestKind[];

const reaches = (kind: OfficerRequestKind, parameter: number): string =>
  `(r.kind = '${kind}' and ${scopeCondition("a.office_id", `$${parameter}`)})`;

const statement = {
  name: "officer_requests_listed",
  text: `select r.id, r.kind, a.id as "accountId", a.full_name as "fullName", o.code || ' ' || o.name as "office", q.full_name as "askedBy",
      r.requested_at as "askedAt", r.expires_at as "expiresAt", r.stopped_at as "stoppedAt", r.requested_by = $1 as "own"
    from officer_request r join account a on a.id = r.account_id join office o on o.id = a.office_id join account q on q.id = r.requested_by
    where ((r.state = 'open' and r.expires_at > $2) or r.stopped_at > $3)
      and (${kinds.map((kind, n) => reaches(kind, n + 4)).join(" or ")})
    order by r.stopped_at desc nulls last, r.expires_at, r.id limit 200`,
};

/**
 * What waits for a second officer in the offices of whoever looks, soonest over first, after what owners have stopped in the
 * last week. Of each kind only what they may decide on. One query.
 */
export const listRequests = (ctx: Context, officer: Officer): Promise<ListedRequest[]> =>
  run<ListedRequest>(ctx.db, statement, [
    officer.accountId,
    ctx.now(),
    before(ctx.now(), STOPPED_SHOWN),
    ...kinds.map((kind) => scopeParameter(scopeOf(officer, rightsOfKind[kind].decide))),
  ]);
