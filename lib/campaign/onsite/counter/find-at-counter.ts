import { findByIdentity } from "#lib/helpdesk/search/find-by-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";

/**
 * Who stands at the counter, by the number of their document: the open account in the officer's offices. Refuses `nobody`
 * for a number without one and for one of another office alike; the latter is recorded.
 */
export async function findAtCounter(
  ctx: Context,
  identities: readonly IdentityNumber[],
): Promise<Result<{ accountId: string }, "nobody" | "signed_out">> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer) return refuse("signed_out");
  const found = await findByIdentity(ctx, officer, identities);
  const open = found.find(({ closed }) => !closed);
  return open ? ok({ accountId: open.id }) : refuse("nobody");
}
