import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { unsealReason } from "#lib/helpdesk/reason.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { judge, type Officer } from "#lib/office/roles/rights.ts";
import { type Grant, grantsColumn, rankColumn } from "#lib/session/grants-in-force.ts";
import type { MoveRequestKind, MoveRequestState } from "./request-state.ts";

/**
 * Why whoever looks cannot decide on a request that is open. own: they asked for it. own_account: it is about themselves.
 * outranked: its person stands above them, or it is no right of theirs. asker_may_not: whoever asked could not ask any
 * more. account_over: suspended, closed, or not confirmed by their office. role_gone: the system does not have the role any
 * more, or is closed. has_role, lacks_role: overtaken by what happened elsewhere.
 */
export type Hindrance =
  | "own"
  | "own_account"
  | "outranked"
  | "asker_may_not"
  | "account_over"
  | "role_gone"
  | "has_role"
  | "lacks_role";

export type MoveRequestShown = {
  id: string;
  campaignId: string;
  kind: MoveRequestKind;
  state: MoveRequestState;
  requestedAt: Date;
  decidedAt: Date | null;
  askedBy: string;
  decidedBy: string | null;
  /** Why it was asked for; and why it was refused. */
  reason: string;
  refusal: string | null;
  person: { id: string; fullName: string; identity: string; office: string };
  role: { system: string; nameMs: string; nameEn: string } | null;
  /** What the decision rests on, as it is now: a decision names the one that its officer has read. */
  seen: string;
  /** Of an open one; null where whoever looks may decide. */
  hindrance: Hindrance | null;
  /** Whoever looks asked for it, and may take it back. */
  own: boolean;
};

export type RequestRow = Omit<MoveRequestShown, "reason" | "refusal" | "person" | "hindrance" | "own"> & {
  reasonSealed: string;
  refusalSealed: string | null;
  accountId: string;
  fullName: string;
  identitySealed: string;
  officeId: string;
  office: string;
  /** Of the account: whether something may be given to it. */
  inUse: boolean;
  roleInUse: boolean;
  roleHeld: boolean;
  ranks: Grant[];
  askerId: string;
  askerActive: boolean;
  askerGrants: Grant[];
};

/**
 * What a decision rests on: who somebody is, where they work, how their account and the role stand. `q` the request, `a`
 * its account, `r` its role.
 */
const seenColumn = `md5(concat_ws('|', q.state, a.identity_index, a.full_name, a.office_id, a.status, a.staff_confirmed_at is null,
  r.name_ms, r.name_en, r.retired_at is null))`;

/** The columns of a `RequestRow`: of a `move_request q` with everything that is joined by `requestJoins`. `now` is a parameter. */
export const requestColumns = (now: string): string => `q.id, q.campaign_id as "campaignId", q.kind, q.state,
  q.requested_at as "requestedAt", q.decided_at as "decidedAt", q.reason_sealed as "reasonSealed", q.decision_reason_sealed as "refusalSealed",
  a.id as "accountId", a.full_name as "fullName", a.identity_sealed as "identitySealed", a.office_id as "officeId",
  o.code || ' ' || o.name as "office", a.status not in ('suspended', 'closed') and a.staff_confirmed_at is not null as "inUse",
  w.id as "askerId", w.full_name as "askedBy", w.status = 'activated' as "askerActive", d.full_name as "decidedBy",
  case when r.id is not null then jsonb_build_object('system', p.name, 'nameMs', r.name_ms, 'nameEn', r.name_en) end as "role",
  coalesce(r.retired_at is null and p.disabled_at is null, false) as "roleInUse",
  exists (select from relying_party_role_grant h where h.account_id = a.id and h.role_id = r.id and h.ended_at is null
    and (h.until_at is null or h.until_at > ${now}::timestamptz)) as "roleHeld",
  ${rankColumn("a.id", now)} as "ranks", ${grantsColumn("w.id", now)} as "askerGrants", ${seenColumn} as "seen"`;

export const requestJoins = `join account a on a.id = q.account_id join office o on o.id = a.office_id
  join account w on w.id = q.requested_by left join account d on d.id = q.decided_by
  left join relying_party_role r on r.id = q.role_id left join relying_party p on p.id = r.relying_party_id`;

/** A request as whoever looks may read it, and what keeps them from deciding on it. */
export function showRequest(ctx: Pick<Context, "keys">, officer: Officer, row: RequestRow): MoveRequestShown {
  const { id, campaignId, kind, state, requestedAt, decidedAt, askedBy, decidedBy, role, seen } = row;
  return {
    ...{ id, campaignId, kind, state, requestedAt, decidedAt, askedBy, decidedBy, role, seen },
    reason: unsealReason(ctx, row.reasonSealed, id),
    refusal: row.refusalSealed === null ? null : unsealReason(ctx, row.refusalSealed, id),
    person: {
      id: row.accountId,
      fullName: row.fullName,
      office: row.office,
      identity: maskIdentity(unsealIdentity(ctx, { id: row.accountId, identitySealed: row.identitySealed })),
    },
    hindrance: state === "open" ? hindranceOf(officer, row) : null,
    own: row.askerId === officer.accountId,
  };
}

/** The rule itself: what of a request, as it stands now, keeps an officer from deciding on it. */
export function hindranceOf(
  officer: Officer,
  row: Pick<
    RequestRow,
    | "kind"
    | "accountId"
    | "officeId"
    | "ranks"
    | "askerId"
    | "askerActive"
    | "askerGrants"
    | "inUse"
    | "roleInUse"
    | "roleHeld"
  >,
): Hindrance | null {
  const target = { accountId: row.accountId, officeId: row.officeId, grants: row.ranks };
  if (row.askerId === officer.accountId) return "own";
  if (row.accountId === officer.accountId) return "own_account";
  if (judge(officer, "move.decide", target) !== "allowed") return "outranked";
  const asker: Officer = { accountId: row.askerId, sessionId: "", grants: row.askerGrants };
  if (!row.askerActive || judge(asker, "move.request", target) !== "allowed") return "asker_may_not";
  if (row.kind === "role_end") return row.roleHeld ? null : "lacks_role";
  if (!row.inUse) return "account_over";
  if (row.kind === "enrolment") return null;
  if (!row.roleInUse) return "role_gone";
  return row.roleHeld ? "has_role" : null;
}
