import type { Tx } from "#db/client.ts";
import { type ChangeRefusal, mayChange } from "#lib/assurance/sensitive.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result } from "#lib/kernel/result.ts";
import type { Right } from "#lib/office/roles/rights.ts";
import { requireRight } from "#lib/office/roles/rights-now.ts";

/**
 * Who acts, where they may: an administrator's account id, or null of an operator, who is at the machine itself. Refuses
 * everybody else, which is recorded.
 */
export async function mayImport(
  tx: Tx,
  ctx: Context,
  right: Right = "register.import",
): Promise<Result<string | null, "signed_out" | "not_found">> {
  if (ctx.actor.kind === "operator") return ok(null);
  const officer = await requireRight(tx, ctx, right);
  return officer.ok ? ok(officer.value.accountId) : officer;
}

/** As `mayImport`, with a fresh proof: for what changes many accounts at once. */
export async function mayApply(tx: Tx, ctx: Context): Promise<Result<string | null, ChangeRefusal | "not_found">> {
  const may = await mayImport(tx, ctx);
  if (!may.ok || ctx.actor.kind === "operator") return may;
  const proven = await mayChange(tx, ctx, "register.apply");
  return proven.ok ? may : proven;
}
