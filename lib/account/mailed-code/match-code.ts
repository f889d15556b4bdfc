import { type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { isMailedCode, type MailedPurpose, type MailedRow } from "#lib/kernel/mailed-secrets.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { limits } from "#lib/throttle/limits.ts";

/** What a code was mailed with: a row that keeps its digest, and how many wrong ones were typed. */
export type Mailed = MailedRow & { codeDigest: string | null; codeTries: number };
export type MailedTable = PgTable & { id: PgColumn; codeTries: PgColumn };

/**
 * A newer letter may be on its way while an older one is in the person's hands: wrong codes are booked on what was handed
 * over last.
 */
export const inHandFirst = (table: Record<"handedOverAt" | "createdAt" | "id", PgColumn>): SQL[] => [
  sql`${table.handedOverAt} desc nulls last`,
  sql`${table.createdAt} desc`,
  sql`${table.id} desc`,
];

/**
 * The one of these that a typed code was mailed with. `mailed`: those that may still be used, what is in the
 * person's hands first; the caller holds the account they are of. A wrong code is booked on the first of them, and after five no
 * code opens any.
 */
export async function matchCode<M extends Mailed>(
  tx: Tx,
  ctx: Context,
  { purpose, table, mailed }: { purpose: MailedPurpose; table: MailedTable; mailed: readonly M[] },
  code: string,
): Promise<Result<M, "code_mismatch" | "code_tries_used">> {
  const [held] = mailed;
  if (!held) return refuse("code_mismatch");
  if (held.codeTries >= limits.codeTriesPerLink) return refuse("code_tries_used");
  const meant = mailed.find((one) => isMailedCode(ctx.keys, purpose, one, code));
  if (meant) return ok(meant);
  await tx.execute(sql`update ${table} set code_tries = code_tries + 1 where id = ${held.id}`);
  return refuse("code_mismatch");
}
