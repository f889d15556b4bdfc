import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { isReference, readCase, readEnding } from "#lib/account/open-case.ts";
import { type IdentityReason, wantedIdentity } from "#lib/account/profile/list-corrections.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { CaseKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type IdentityNumber, maskIdentity, parseCanonical } from "#lib/kernel/identity-number.ts";
import type { Office } from "#lib/office/find-office.ts";
import { judge, type Officer, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";
import { type Grant, rankColumn } from "#lib/session/grants-in-force.ts";
import { type CaseRight, decidingOffice } from "./reach-case.ts";

/** What is asked for. Numbers are masked: in full they are seen by `unmaskIdentity`. */
export type CaseWish =
  | { kind: "report"; eventId: number | null }
  | { kind: "name"; name: string; former: string | null }
  | { kind: "office"; to: Office; former: Office | null }
  | { kind: "identity"; identity: IdentityNumber; why: IdentityReason; former: string | null };

/** `may`: what whoever looks can do with it. `outranked`: they hold the right, and the person is of their rank or above. */
export type CaseView = {
  id: string;
  reference: string;
  state: "open" | "withdrawn" | "approved" | "refused" | "closed";
  wish: CaseWish;
  /** In its owner's words. */
  reason: string | null;
  answer: string | null;
  openedAt: Date;
  endedAt: Date | null;
  decidedBy: string | null;
  person: { id: string; fullName: string; identity: string; status: AccountStatus; office: Office };
  /** What a second officer has before them. */
  requestId: string | null;
  may: { decide: boolean; propose: boolean; answer: boolean };
  outranked: boolean;
};

type Row = Omit<CaseView, "wish" | "reason" | "answer" | "person" | "may" | "outranked"> & {
  kind: CaseKind;
  eventId: string | null;
  to: Office | null;
  former: Office | null;
  wantedSealed: string | null;
  reasonSealed: string | null;
  answerSealed: string | null;
  formerSealed: string | null;
  accountId: string;
  identitySealed: string;
  fullName: string;
  status: AccountStatus;
  office: Office;
  grants: Grant[];
};

const asOffice = (alias: string): string =>
  `case when ${alias}.id is not null then jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name) end`;

const statement = {
  name: "helpdesk_case_by_reference",
  text: `select c.id, c.reference, c.kind, c.state, c.event_id::text as "eventId", c.opened_at as "openedAt", c.ended_at as "endedAt",
      c.wanted_sealed as "wantedSealed", c.reason_sealed as "reasonSealed", c.answer_sealed as "answerSealed", c.former_sealed as "formerSealed",
      d.full_name as "decidedBy", a.id as "accountId", a.identity_sealed as "identitySealed", a.full_name as "fullName", a.status,
      ${asOffice("o")} as "office", ${asOffice("t")} as "to", ${rankColumn("a.id", "$2")} as "grants",
      (select r.id from officer_request r where r.case_id = c.id and r.state = 'open' and r.expires_at > $2 limit 1) as "requestId"
    from helpdesk_case c join account a on a.id = c.account_id join office o on o.id = a.office_id
      left join office t on t.id = c.office_id left join account d on d.id = c.decided_by
    where c.reference = $1`,
};

const officesStatement = { name: "office_by_id_of_case", text: "select id, code, name from office where id = $1" };

/**
 * A case as its page shows it, for an officer of the office that its person is in, or of the one they go to. Null where
 * it does not exist for them, which is recorded.
 */
export async function findCase(ctx: Context, officer: Officer, reference: string): Promise<CaseView | null> {
  const [row] = isReference(reference) ? await run<Row>(ctx.db, statement, [reference, ctx.now()]) : [];
  const scope = scopeOf(officer, "case.answer");
  if (!row || !(reachesOffice(scope, row.office.id) || (row.to && reachesOffice(scope, row.to.id)))) {
    const accountId = row?.accountId ?? null;
    await ctx.db.transaction((tx) => record(tx, ctx, { type: "access.refused", accountId, right: "case.answer" }));
    return null;
  }
  const { wanted, reason } = readCase(ctx, row);
  const { answer, former } = readEnding(ctx, row);
  const verdictOf = (right: CaseRight) =>
    judge(officer, right, {
      accountId: row.accountId,
      officeId: decidingOffice({ kind: row.kind, officeId: row.to?.id ?? null }, { officeId: row.office.id }),
      grants: row.grants,
    });
  const isOpen = row.state === "open";
  const isReport = row.kind === "report";
  const byTwo = row.kind === "name" || row.kind === "identity";
  const verdicts = isReport ? [verdictOf("case.answer")] : [verdictOf("correction.decide")];
  const { id, state, openedAt, endedAt, decidedBy, requestId } = row;
  return {
    id,
    reference,
    state,
    openedAt,
    endedAt,
    decidedBy,
    requestId,
    reason,
    answer,
    wish: await wishOf(ctx, row, wanted, former),
    person: {
      id: row.accountId,
      fullName: row.fullName,
      identity: maskIdentity(unsealIdentity(ctx, { id: row.accountId, identitySealed: row.identitySealed })),
      status: row.status,
      office: row.office,
    },
    may: {
      decide: isOpen && !isReport && verdictOf("correction.decide") === "allowed",
      propose: isOpen && byTwo && requestId === null && verdictOf("correction.request") === "allowed",
      answer: isOpen && isReport && verdictOf("case.answer") === "allowed",
    },
    outranked: isOpen && verdicts.includes("outranked"),
  };
}

async function wishOf(ctx: Context, row: Row, wanted: string | null, former: string | null): Promise<CaseWish> {
  const { kind } = row;
  if (kind === "report") return { kind, eventId: row.eventId === null ? null : Number(row.eventId) };
  if (kind === "office" && row.to) {
    const [was] = former ? await run<Office>(ctx.db, officesStatement, [former]) : [];
    return { kind, to: row.to, former: was ?? null };
  }
  if (kind === "name" && wanted !== null) return { kind, name: wanted, former };
  if (kind === "identity" && wanted !== null)
    return { kind, ...wantedIdentity.read(wanted), former: former && maskIdentity(parseCanonical(former)) };
  throw new Error(`The case ${row.id} does not say what is wanted`);
}
