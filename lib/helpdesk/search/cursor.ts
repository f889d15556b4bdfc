import type { Context } from "#lib/kernel/context.ts";
import { seal, unseal } from "#lib/kernel/sealed.ts";
import { type Officer, type Right, scopeOf } from "#lib/office/roles/rights.ts";
import type { Filters } from "./filters.ts";

/**
 * A place in a list, at one of its rows. `rank`: 0 among those whose name begins with what was typed, 1 among the others.
 * `key`: what the list is ordered by, as text. `direction`: which way to read on.
 */
export type Place = { rank: 0 | 1; key: string; id: string; direction: "after" | "before" };

const PURPOSE = "accounts.cursor";

/** Whose list, of which offices, narrowed how: a place in another list opens nothing here. */
function listOf(officer: Officer, right: Right, filters: Filters): string {
  const scope = scopeOf(officer, right);
  return JSON.stringify([officer.accountId, scope.all ? "all" : scope.offices.toSorted(), filters]);
}

/** A place for an address. Sealed: it holds part of a name. */
export const sealPlace = (
  ctx: Pick<Context, "keys" | "random">,
  officer: Officer,
  filters: Filters,
  { rank, key, id, direction }: Place,
): string =>
  seal(
    ctx.keys.cookie,
    ctx.random,
    JSON.stringify([rank, key, id, direction]),
    PURPOSE,
    listOf(officer, "account.view", filters),
  );

/** Reads it back; null where it was altered, or is another list's: of other offices, filters, or another officer. */
export function unsealPlace(
  ctx: Pick<Context, "keys">,
  officer: Officer,
  filters: Filters,
  sealed: string,
): Place | null {
  try {
    const plain = unseal(ctx.keys.cookie, sealed, PURPOSE, listOf(officer, "account.view", filters));
    const [rank, key, id, direction] = JSON.parse(plain) as [Place["rank"], string, string, Place["direction"]];
    return { rank, key, id, direction };
  } catch {
    return null;
  }
}
