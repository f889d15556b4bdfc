import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { readRequestWords } from "#lib/account/read-request-words.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { judge, type Officer } from "#lib/office/roles/rights.ts";
import { type Grant, rankColumn } from "#lib/session/grants-in-force.ts";
import { recordRefusal } from "../require-reach.ts";

/** `may`: whether whoever looks can decide on it. `own`: they asked for it themselves. */
export type AccessRequestView = {
  id: string;
  state: "open" | "granted" | "refused" | "withdrawn";
  requestedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  /** What for, in its person's words, and what they were answered. */
  note: string | null;
  refusal: string | null;
  system: { id: string; name: string; inUse: boolean };
  person: { id: string; fullName: string; identity: string; status: AccountStatus; office: string; confirmed: boolean };
  may: boolean;
  own: boolean;
};

type Row = Pick<AccessRequestView, "id" | "state" | "requestedAt" | "decidedAt" | "decidedBy" | "system"> & {
  noteSealed: string | null;
  refusalSealed: string | null;
  accountId: string;
  officeId: string;
  identitySealed: string;
  fullName: string;
  status: AccountStatus;
  office: string;
  confirmed: boolean;
  grants: Grant[];
};

const statement = {
  name: "helpdesk_access_request",
  text: `select q.id, q.state, q.requested_at as "requestedAt", q.decided_at as "decidedAt", d.full_name as "decidedBy",
      q.note_sealed as "noteSealed", q.refusal_sealed as "refusalSealed",
      jsonb_build_object('id', p.id, 'name', p.name, 'inUse', p.disabled_at is null) as "system",
      a.id as "accountId", a.office_id as "officeId", a.identity_sealed as "identitySealed", a.full_name as "fullName", a.status,
      a.staff_confirmed_at is not null as "confirmed", o.code || ' ' || o.name as "office", ${rankColumn("a.id", "$2")} as "grants"
    from access_request q join relying_party p on p.id = q.relying_party_id join account a on a.id = q.account_id
      join office o on o.id = a.office_id left join account d on d.id = q.decided_by
    where q.id = $1`,
};

/** A request for access as its page shows it, for the office of whoever asked. Null where it does not exist for them, which is recorded. */
export async function findAccessRequest(
  ctx: Context,
  officer: Officer,
  requestId: string,
): Promise<AccessRequestView | null> {
  const [row] = isUuid(requestId) ? await run<Row>(ctx.db, statement, [requestId, ctx.now()]) : [];
  const verdict = row ? judge(officer, "system.assign", row) : "not_found";
  if (!row || verdict === "not_found") {
    await ctx.db.transaction((tx) => recordRefusal(tx, ctx, "system.assign", row?.accountId));
    return null;
  }
  const { id, state, requestedAt, decidedAt, decidedBy, system, accountId, status, fullName, office, confirmed } = row;
  return {
    ...{ id, state, requestedAt, decidedAt, decidedBy, system },
    ...readRequestWords(ctx, row),
    person: {
      ...{ id: accountId, status, fullName, office, confirmed },
      identity: maskIdentity(unsealIdentity(ctx, { id: accountId, identitySealed: row.identitySealed })),
    },
    may: state === "open" && verdict === "allowed",
    own: accountId === officer.accountId,
  };
}
