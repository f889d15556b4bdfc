import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import type { Role } from "#db/schema/roles.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { hasSecondFactor } from "#lib/assurance/enrolled.ts";
import type { CallerCheckKind, OfficerRequestKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { minutes } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge, type Officer } from "#lib/office/roles/rights.ts";
import { type Grant, rankColumn } from "#lib/session/grants-in-force.ts";
import { type CallerCheck, VERIFIED_FOR } from "../caller-check/check-state.ts";
import { unsealReason } from "../reason.ts";
import { type RequestState, rightsOfKind, stateAt } from "./request-state.ts";

/** What became of the ticket of a reset. */
export type TicketState = "open" | "used" | "ended" | "expired";

/** Somebody who asked or decided, and the office they work in. */
export type WhoActed = { id: string; name: string; office: string };

/** How whoever asked made sure of the caller. `answeredBy`: where the caller got the code that they read back. */
export type CallerChecked = { kind: CallerCheckKind; answeredBy: CallerCheck["answeredBy"]; at: Date };

/** What the page of a request shows. `may`: what whoever looks can do with it. */
export type RequestView = {
  id: string;
  kind: OfficerRequestKind;
  state: RequestState;
  person: { id: string; fullName: string; identity: string; office: string; status: AccountStatus };
  askedBy: WhoActed;
  askedAt: Date;
  reason: string;
  /** The check that let a reset be asked for; null of other kinds, and where it is no longer kept. */
  callerChecked: CallerChecked | null;
  expiresAt: Date;
  decidedBy: WhoActed | null;
  decidedAt: Date | null;
  decisionReason: string | null;
  stoppedAt: Date | null;
  ticket: { state: TicketState; expiresAt: Date } | null;
  caseReference: string | null;
  /** What is asked for of a role. */
  role: { role: Role; office: string | null } | null;
  /** Of a role: whose it is to be has no second factor, so that no console opens for them yet. */
  lacksSecondFactor: boolean;
  may: { decide: boolean; withdraw: boolean; showTicket: boolean };
};

type Row = {
  id: string;
  kind: OfficerRequestKind;
  state: RequestState;
  requestedAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  stoppedAt: Date | null;
  reasonSealed: string;
  decisionReasonSealed: string | null;
  accountId: string;
  fullName: string;
  identitySealed: string;
  status: AccountStatus;
  officeId: string;
  office: string;
  grants: Grant[];
  askerId: string;
  askerName: string;
  askerOffice: string;
  deciderId: string | null;
  deciderName: string | null;
  deciderOffice: string | null;
  ticketExpiresAt: Date | null;
  ticketUsedAt: Date | null;
  ticketCancelledAt: Date | null;
  checkKind: CallerCheckKind | null;
  checkAnsweredBy: CallerCheck["answeredBy"];
  checkVerifiedAt: Date | null;
  caseReference: string | null;
  passkeys: number;
  totp: boolean;
  role: Role | null;
  roleOffice: string | null;
};

const statement = {
  name: "officer_request_view",
  text: `select r.id, r.kind, r.state, r.requested_at as "requestedAt", r.expires_at as "expiresAt", r.decided_at as "decidedAt", r.stopped_at as "stoppedAt",
      r.reason_sealed as "reasonSealed", r.decision_reason_sealed as "decisionReasonSealed",
      a.id as "accountId", a.full_name as "fullName", a.identity_sealed as "identitySealed", a.status, a.office_id as "officeId", o.code || ' ' || o.name as "office",
      ${rankColumn("a.id", "$2")} as "grants",
      r.requested_by as "askerId", q.full_name as "askerName", qo.name as "askerOffice",
      r.decided_by as "deciderId", d.full_name as "deciderName", d_o.name as "deciderOffice",
      t.expires_at as "ticketExpiresAt", t.used_at as "ticketUsedAt", t.cancelled_at as "ticketCancelledAt",
      (select count(*)::int from passkey p where p.account_id = r.account_id) as "passkeys",
      exists (select 1 from totp_credential p where p.account_id = r.account_id) as "totp",
      k.kind as "checkKind", k.answered_by as "checkAnsweredBy", k.verified_at as "checkVerifiedAt",
      c.reference as "caseReference", g.role, g_o.name as "roleOffice"
    from officer_request r
      join account a on a.id = r.account_id join office o on o.id = a.office_id
      join account q on q.id = r.requested_by join office qo on qo.id = q.office_id
      left join account d on d.id = r.decided_by left join office d_o on d_o.id = d.office_id
      left join enrolment_ticket t on t.id = r.ticket_id
      left join lateral (select y.kind, y.answered_by, y.verified_at from caller_check y
        where r.kind = 'factor_reset' and y.account_id = r.account_id and y.officer_id = r.requested_by and y.verified_at <= r.requested_at
          and y.verified_at > r.requested_at - interval '${VERIFIED_FOR / minutes(1)} minutes'
        order by y.verified_at desc, y.id desc limit 1) k on true
      left join helpdesk_case c on c.id = r.case_id
      left join role_grant g on g.id = r.grant_id left join office g_o on g_o.id = g.office_id
    where r.id = $1`,
};

/**
 * A request with all that the second officer weighs. `null` where there is none for whoever looks: outside their offices,
 * or made up; recorded like any other such try. The ticket's own secrets are `ticketOfRequest`'s.
 */
export async function viewRequest(ctx: Context, officer: Officer, requestId: string): Promise<RequestView | null> {
  const [row] = isUuid(requestId) ? await run<Row>(ctx.db, statement, [requestId, ctx.now()]) : [];
  const target = row && { accountId: row.accountId, officeId: row.officeId, grants: row.grants };
  if (!row || !target || judge(officer, "account.view", target) !== "allowed") {
    await ctx.db.transaction((tx) =>
      record(tx, ctx, { type: "access.refused", accountId: row?.accountId ?? null, right: "account.view" }),
    );
    return null;
  }
  const now = ctx.now();
  const state = stateAt(row, now);
  const own = row.askerId === officer.accountId;
  const ticket = ticketOf(row, now);
  const { decide } = rightsOfKind[row.kind];
  return {
    id: row.id,
    kind: row.kind,
    state,
    person: {
      id: row.accountId,
      fullName: row.fullName,
      identity: maskIdentity(unsealIdentity(ctx, { id: row.accountId, identitySealed: row.identitySealed })),
      office: row.office,
      status: row.status,
    },
    askedBy: { id: row.askerId, name: row.askerName, office: row.askerOffice },
    askedAt: row.requestedAt,
    reason: unsealReason(ctx, row.reasonSealed, row.id),
    callerChecked:
      row.checkKind && row.checkVerifiedAt
        ? { kind: row.checkKind, answeredBy: row.checkAnsweredBy, at: row.checkVerifiedAt }
        : null,
    expiresAt: row.expiresAt,
    decidedBy: row.deciderId
      ? { id: row.deciderId, name: row.deciderName ?? "", office: row.deciderOffice ?? "" }
      : null,
    decidedAt: row.decidedAt,
    decisionReason: row.decisionReasonSealed && unsealReason(ctx, row.decisionReasonSealed, row.id),
    stoppedAt: row.stoppedAt,
    ticket,
    caseReference: row.caseReference,
    lacksSecondFactor: row.role !== null && !hasSecondFactor(row),
    role: row.role && { role: row.role, office: row.roleOffice },
    may: {
      decide: state === "open" && !own && judge(officer, decide, target) === "allowed",
      withdraw: state === "open" && own,
      showTicket: ticket?.state === "open" && (own || row.deciderId === officer.accountId),
    },
  };
}

function ticketOf(row: Row, now: Date): RequestView["ticket"] {
  if (!row.ticketExpiresAt) return null;
  const state = row.ticketUsedAt
    ? "used"
    : row.ticketCancelledAt
      ? "ended"
      : row.ticketExpiresAt <= now
        ? "expired"
        : "open";
  return { state, expiresAt: row.ticketExpiresAt };
}
