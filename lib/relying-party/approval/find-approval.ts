import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { transactionApproval } from "#db/schema/approval.ts";
import type { Context } from "#lib/kernel/context.ts";
import { SESSION_IDLE } from "#lib/session/session.ts";
import { holdsRole } from "../may-open.ts";

type Row = typeof transactionApproval.$inferSelect;

/** An approval as it stands, seen by somebody. */
export type FoundApproval = Pick<
  Row,
  "id" | "relyingPartyId" | "identifier" | "contentSealed" | "digest" | "role" | "state" | "expiresAt" | "accountId"
> & {
  sessionId: string | null;
  /** The system's name. */
  system: string;
  clientId: string;
  /** The role in words; they may have been changed since, its key may not. */
  roleMs: string;
  roleEn: string;
  /** The role is theirs at this moment. */
  holdsRole: boolean;
  /** The session it was shown in lives, and did not lie idle: somebody comes back to it. */
  shownSessionLives: boolean;
};

const columns = `t.id, t.relying_party_id as "relyingPartyId", t.identifier, t.content_sealed as "contentSealed", t.digest, t.role, t.state,
  t.expires_at as "expiresAt", t.account_id as "accountId", t.session_id as "sessionId", p.name as system, p.client_id as "clientId",
  r.name_ms as "roleMs", r.name_en as "roleEn",
  coalesce(${holdsRole("a", "p", "t.role", "$3")}, false) as "holdsRole",
  exists (select 1 from session s where s.id = t.session_id and s.ended_at is null and s.expires_at > $3
    and s.last_seen_at > $3::timestamptz - interval '${SESSION_IDLE} milliseconds') as "shownSessionLives"`;
const from = `from transaction_approval t join relying_party p on p.id = t.relying_party_id
  join relying_party_role r on r.relying_party_id = t.relying_party_id and r.key = t.role left join account a on a.id = $2`;

const asked = {
  name: "transaction_approval_asked",
  text: `select ${columns} ${from} where t.relying_party_id = $1 and t.identifier = $4`,
};
const held = {
  name: "transaction_approval_held",
  text: `select ${columns} ${from} where t.id = $1 for update of t`,
};

/** What a system asked for by its own identifier, as somebody stands towards it; nothing where it never did. */
export async function findApproval(
  ctx: Pick<Context, "db" | "now">,
  of: { relyingPartyId: string; identifier: string },
  accountId: string | null,
): Promise<FoundApproval | null> {
  const values = [of.relyingPartyId, accountId, ctx.now(), of.identifier];
  return (await run<FoundApproval>(ctx.db, asked, values))[0] ?? null;
}

/** The same by its id, held until the transaction ends: of any number who decide at once one does. */
export async function holdApproval(
  tx: Tx,
  ctx: Pick<Context, "now">,
  approvalId: string,
  accountId: string,
): Promise<FoundApproval | null> {
  const [found] = await run<FoundApproval>(tx, held, [approvalId, accountId, ctx.now()]);
  // Inside a transaction moments come as PostgreSQL writes them.
  return found ? { ...found, expiresAt: new Date(found.expiresAt) } : null;
}
