import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { type Grant, grantsColumn, rankColumn } from "#lib/session/grants-in-force.ts";
import { holds, type Officer, type Right } from "./rights.ts";

const officerStatement = {
  name: "officer_of_session",
  text: `select ${grantsColumn("a.id", "$2", "s.created_at")} as "grants" from session s join account a on a.id = s.account_id
    where s.id = $1 and s.account_id = $3 and s.ended_at is null and s.expires_at > $2 and s.ticket_id is null and a.status = 'activated'`,
};

/**
 * What whoever acts may do, read fresh: a role that ended a moment ago gives nothing. Null for somebody without roles, and
 * where the session has ended.
 */
export async function officerOf(on: Tx | Context["db"], ctx: Context): Promise<Officer | null> {
  if (ctx.actor.kind !== "account") return null;
  const { accountId, sessionId } = ctx.actor;
  const [found] = await run<{ grants: Grant[] }>(on, officerStatement, [sessionId, ctx.now(), accountId]);
  return found && found.grants.length > 0 ? { accountId, sessionId, grants: found.grants } : null;
}

const grantsStatement = { name: "grants_in_force", text: `select ${grantsColumn("$1::uuid", "$2")} as "grants"` };

/** The roles an account holds now. */
export async function grantsOf(on: Tx | Context["db"], ctx: Context, accountId: string): Promise<Grant[]> {
  const [found] = await run<{ grants: Grant[] }>(on, grantsStatement, [accountId, ctx.now()]);
  return found?.grants ?? [];
}

const rankStatement = { name: "grants_of_rank", text: `select ${rankColumn("$1::uuid", "$2")} as "grants"` };

/** The roles by which others may or may not act on an account: also those that are to come (`givesRank`). */
export async function ranksOf(on: Tx | Context["db"], ctx: Context, accountId: string): Promise<Grant[]> {
  const [found] = await run<{ grants: Grant[] }>(on, rankStatement, [accountId, ctx.now()]);
  return found?.grants ?? [];
}

/**
 * Whoever acts, where they hold a right anywhere; asked inside the transaction that uses it. `not_found`: they do not, so
 * what they asked for does not exist for them; that is recorded.
 */
export async function requireRight(
  tx: Tx,
  ctx: Context,
  right: Right,
): Promise<Result<Officer, "signed_out" | "not_found">> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const officer = await officerOf(tx, ctx);
  if (officer && holds(officer, right)) return ok(officer);
  await record(tx, ctx, { type: "access.refused", accountId: null, right });
  return refuse("not_found");
}
