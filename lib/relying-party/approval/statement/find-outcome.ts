import { run } from "#db/named.ts";
import { openApprovalPart } from "#lib/account/read-approval.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Detail } from "../content/read-detail.ts";
import { openedContent } from "../content/seal-approval.ts";

/** What came of what a system asked for: its own content, as it was sent, and the statement (compact JWS). */
export type Outcome = { detail: Detail; statement: string };

type Row = { id: string; state: string; isOver: boolean; contentSealed: string; statementSealed: string | null };

const columns = `id, state, expires_at <= $2 as "isOver", content_sealed as "contentSealed", statement_sealed as "statementSealed"`;
const byId = {
  name: "transaction_approval_outcome",
  text: `select ${columns} from transaction_approval where id = $1`,
};
const byIdentifier = {
  name: "transaction_approval_outcome_of",
  text: `select ${columns} from transaction_approval where relying_party_id = $1 and identifier = $3`,
};

/** unknown: that system never asked for it. */
export type NoOutcome = "unknown" | "pending" | "expired";

/** What came of a request, for the system that made it and by its own identifier: of an approval and a refusal alike, any time. */
export async function findOutcome(
  ctx: Pick<Context, "db" | "keys" | "now">,
  { relyingPartyId, identifier }: { relyingPartyId: string; identifier: string },
): Promise<Result<Outcome, NoOutcome>> {
  const [row] = await run<Row>(ctx.db, byIdentifier, [relyingPartyId, ctx.now(), identifier]);
  return row ? outcomeOf(ctx, row) : refuse("unknown");
}

/** The same of an approval that this portal knows by its id. */
export async function findOutcomeOf(
  ctx: Pick<Context, "db" | "keys" | "now">,
  approvalId: string,
): Promise<Result<Outcome, NoOutcome>> {
  const [row] = await run<Row>(ctx.db, byId, [approvalId, ctx.now()]);
  return row ? outcomeOf(ctx, row) : refuse("unknown");
}

function outcomeOf(ctx: Pick<Context, "keys">, row: Row): Result<Outcome, NoOutcome> {
  const { id, isOver, contentSealed, statementSealed } = row;
  if (statementSealed === null) return refuse(isOver ? "expired" : "pending");
  return ok({
    detail: openedContent(ctx, id, contentSealed),
    statement: openApprovalPart(ctx, "statement", id, statementSealed),
  });
}
