import type { Context } from "#lib/kernel/context.ts";
import { listOfferedOffices } from "#lib/office/find-office.ts";
import { type Officer, reachesOffice, scopeOf } from "#lib/office/roles/rights.ts";

/** The offices an officer may have a session for, by code and name; those it is for already stay, though one was retired. */
export async function sessionOffices(
  ctx: Pick<Context, "db">,
  officer: Officer,
  already: readonly { id: string; code: string; name: string }[] = [],
): Promise<{ id: string; label: string }[]> {
  const scope = scopeOf(officer, "onsite.manage");
  const offered = (await listOfferedOffices(ctx)).filter(({ id }) => reachesOffice(scope, id));
  const retired = already.filter(({ id }) => !offered.some((one) => one.id === id));
  return [...offered, ...retired].map(({ id, code, name }) => ({ id, label: `${code} ${name}` }));
}
