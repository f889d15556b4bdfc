import { and, eq, lte } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { whenContended } from "#db/contended.ts";
import { staffLeaver } from "#db/schema/staff-register.ts";
import { holdById } from "#lib/account/find-account.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ranksOf } from "#lib/office/roles/rights-now.ts";
import { suspendAccount } from "#lib/recovery/suspend/suspend-account.ts";

/**
 * Suspends those whose date has come and whom nobody has kept; each in a transaction of its own. Somebody with a role is
 * left to an officer who outranks them: a wrong file must not shut out everybody who could mend it. Answers how many.
 */
export async function suspendDueLeavers(ctx: Context): Promise<{ suspended: number; left: number }> {
  const due = await ctx.db
    .select({ id: staffLeaver.id })
    .from(staffLeaver)
    .where(and(eq(staffLeaver.state, "proposed"), lte(staffLeaver.suspendsAt, ctx.now())))
    .orderBy(staffLeaver.suspendsAt, staffLeaver.id);
  const counted = { suspended: 0, left: 0 };
  for (const { id } of due) {
    const outcome = await whenContended(() => ctx.db.transaction((tx) => suspendOne(tx, ctx, id)));
    if (outcome === "suspended") counted.suspended += 1;
    if (outcome === "has_role") counted.left += 1;
  }
  return counted;
}

async function suspendOne(tx: Tx, ctx: Context, id: string): Promise<"suspended" | "has_role" | "moot"> {
  const [waiting] = await tx
    .select({ accountId: staffLeaver.accountId })
    .from(staffLeaver)
    .where(and(eq(staffLeaver.id, id), eq(staffLeaver.state, "proposed")));
  if (!waiting) return "moot";
  // The account first, then what hangs on it, as everybody does.
  await holdById(tx, waiting.accountId);
  if ((await ranksOf(tx, ctx, waiting.accountId)).length > 0) return "has_role";
  if (!(await endProposal(tx, ctx, id, "suspended", null))) return "moot";
  const suspended = await suspendAccount(tx, ctx, waiting.accountId, { leaverId: id });
  if (suspended.ok) return "suspended";
  await tx.update(staffLeaver).set({ state: "moot" }).where(eq(staffLeaver.id, id));
  return "moot";
}

/** Of any number who decide one proposal at once, one does. */
export async function endProposal(
  tx: Tx,
  ctx: Context,
  id: string,
  state: "suspended" | "kept",
  decidedBy: string | null,
): Promise<boolean> {
  const ended = await tx
    .update(staffLeaver)
    .set({ state, decidedBy, decidedAt: ctx.now() })
    .where(and(eq(staffLeaver.id, id), eq(staffLeaver.state, "proposed")))
    .returning({ id: staffLeaver.id });
  return ended.length === 1;
}
