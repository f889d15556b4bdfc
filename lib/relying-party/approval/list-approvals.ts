import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Detail } from "./content/read-detail.ts";
import { openedContent, openedOr } from "./content/seal-approval.ts";

/** How many are on a page. */
const PAGE = 20;

/** What somebody was shown and decided, or has yet to. */
export type Approval = {
  id: string;
  system: string;
  /** For its logo: the relying party's id and version; null where it has none. */
  relyingPartyId: string;
  detail: Detail;
  /** base64url of the SHA-256 over the canonical JSON of `detail`. */
  digest: string;
  roleMs: string;
  roleEn: string;
  /** `open`: to be decided, in the browser it was shown in. `expired`: nobody did in time. */
  state: "open" | "expired" | "approved" | "refused";
  requestedAt: Date;
  expiresAt: Date;
  decidedAt: Date | null;
  /** Their own words, of a refusal. */
  reason: string | null;
  hasStatement: boolean;
};

type Row = Omit<Approval, "detail" | "reason"> & { contentSealed: string; reasonSealed: string | null };

const columns = `t.id, p.name as system, p.id as "relyingPartyId", t.content_sealed as "contentSealed", t.digest, r.name_ms as "roleMs",
  r.name_en as "roleEn", case when t.state = 'open' and t.expires_at <= $2 then 'expired' else t.state end as state,
  t.requested_at as "requestedAt", t.expires_at as "expiresAt", t.decided_at as "decidedAt", t.reason_sealed as "reasonSealed",
  t.statement_sealed is not null as "hasStatement"`;
const from = `from transaction_approval t join relying_party p on p.id = t.relying_party_id
  join relying_party_role r on r.relying_party_id = t.relying_party_id and r.key = t.role`;

const listStatement = {
  name: "transaction_approvals_of_account",
  text: `select ${columns} ${from} where t.account_id = $1
    order by t.requested_at desc, t.id desc limit ${PAGE + 1} offset $3`,
};
const oneStatement = {
  name: "transaction_approval_of_account_one",
  text: `select ${columns} ${from} where t.account_id = $1 and t.id = $3`,
};
const anyStatement = {
  name: "transaction_approvals_any",
  text: "select exists (select 1 from transaction_approval where account_id = $1) as any",
};
const statementStatement = {
  name: "transaction_approval_statement",
  text: `select statement_sealed as "statementSealed" from transaction_approval where id = $1 and account_id = $2`,
};

const read = (ctx: Context, { contentSealed, reasonSealed, ...row }: Row): Approval => ({
  ...row,
  detail: openedContent(ctx, row.id, contentSealed),
  reason: openedOr(ctx, "reason", { id: row.id, sealed: reasonSealed }, null),
});

/**
 * What somebody was shown, newest first; pages count from 1, and `isMore` says whether there is another. Those that were never
 * shown to anybody are nobody's.
 */
export async function listApprovals(
  ctx: Context,
  accountId: string,
  page = 1,
): Promise<{ approvals: Approval[]; isMore: boolean }> {
  const rows = await run<Row>(ctx.db, listStatement, [accountId, ctx.now(), (Math.max(1, page) - 1) * PAGE]);
  return { approvals: rows.slice(0, PAGE).map((row) => read(ctx, row)), isMore: rows.length > PAGE };
}

/** One of them; nothing where it is not theirs. */
export async function findApprovalOf(ctx: Context, accountId: string, approvalId: string): Promise<Approval | null> {
  const [row] = await run<Row>(ctx.db, oneStatement, [accountId, ctx.now(), approvalId]);
  return row ? read(ctx, row) : null;
}

/** Whether there are any at all. */
export async function hasApprovals(ctx: Pick<Context, "db">, accountId: string): Promise<boolean> {
  return (await run<{ any: boolean }>(ctx.db, anyStatement, [accountId]))[0]?.any ?? false;
}

/** The signed statement (compact JWS) of a decision of the signed-in person; nothing where there is none of theirs. */
export async function readStatement(ctx: Context, approvalId: string): Promise<string | null> {
  if (ctx.actor.kind !== "account") return null;
  const [row] = await run<{ statementSealed: string | null }>(ctx.db, statementStatement, [
    approvalId,
    ctx.actor.accountId,
  ]);
  return openedOr(ctx, "statement", { id: approvalId, sealed: row?.statementSealed ?? null }, null);
}
