import { eq } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import { type Account, holdById } from "#lib/account/find-account.ts";
import { isReference } from "#lib/account/open-case.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import { type ReachRefusal, requireReach } from "../require-reach.ts";

export type Filed = typeof helpdeskCase.$inferSelect;
export type ReachedCase = { officer: Officer; account: Account; filed: Filed };

/** What may be done with a case. */
export type CaseRight = "correction.request" | "correction.decide" | "case.answer";

/** Whose officers decide on it: a transfer is for the office that the person goes to, all else for the one they are in. */
export const decidingOffice = (filed: Pick<Filed, "kind" | "officeId">, account: Pick<Account, "officeId">): string =>
  filed.kind === "office" && filed.officeId ? filed.officeId : account.officeId;

/**
 * The officer who acts and an open case, held until the transaction ends, the account's row before it. Right, scope and
 * rank are read fresh; a case outside their offices does not exist for them, no more than a reference that is nobody's:
 * both are recorded. `not_open`: it was decided, or taken back.
 */
export async function reachCase(
  tx: Tx,
  ctx: Context,
  right: CaseRight,
  reference: string,
): Promise<Result<ReachedCase, ReachRefusal | "not_open">> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const its = eq(helpdeskCase.reference, reference);
  const [named] = isReference(reference)
    ? await tx.select({ accountId: helpdeskCase.accountId }).from(helpdeskCase).where(its)
    : [];
  const account = named && (await holdById(tx, named.accountId));
  const [filed] = account ? await tx.select().from(helpdeskCase).where(its).for("update") : [];
  const deciding = account && filed && decidingOffice(filed, account);
  const reached = await requireReach(tx, ctx, right, account, deciding);
  if (!reached.ok) return reached;
  return filed?.state === "open" ? ok({ ...reached.value, filed }) : refuse("not_open");
}
