import type { Tx } from "#db/client.ts";
import { type ChangeRefusal, mayChange, type Standing } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { requireRight } from "./rights-now.ts";

/** not_found: whoever asks is no administrator, or none any more; there is no such page for them. */
export type AdministerRefusal = ChangeRefusal | "not_found";

export type Administrator = { accountId: string; standing: Standing };

/**
 * Whether whoever is signed in may change the agency's own now, asked inside the transaction that does it: an
 * administrator's rights as they are at this moment, and proofs of the last ten minutes.
 */
export async function administer(tx: Tx, ctx: Context): Promise<Result<Administrator, AdministerRefusal>> {
  const may = await mayChange(tx, ctx, "admin.change");
  if (!may.ok) return may;
  const officer = await requireRight(tx, ctx, "admin.change");
  return officer.ok ? ok({ accountId: may.value.accountId, standing: may.value }) : officer;
}
