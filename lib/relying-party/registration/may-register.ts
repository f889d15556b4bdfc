import type { Tx } from "#db/client.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import { type AdministerRefusal, administer } from "#lib/office/roles/administer.ts";

/**
 * Whether whoever acts may register relying parties: an administrator with fresh proofs, an operator at the command line, or the
 * demonstration.
 */
export async function mayRegister(tx: Tx, ctx: Context): Promise<Result<null, AdministerRefusal>> {
  if (ctx.actor.kind === "operator" || ctx.actor.kind === "system") return ok(null);
  const administrator = await administer(tx, ctx);
  return administrator.ok ? ok(null) : administrator;
}
