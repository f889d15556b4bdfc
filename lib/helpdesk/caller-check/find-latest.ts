import { and, desc, eq, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { CallerCheck } from "./check-state.ts";

/** The check an officer began last on an account, wherever it stands. */
export async function findLatest(
  on: Tx | Context["db"],
  officerId: string,
  accountId: string,
): Promise<CallerCheck | undefined> {
  const [found] = await on
    .select()
    .from(callerCheck)
    .where(and(eq(callerCheck.accountId, accountId), eq(callerCheck.officerId, officerId)))
    // Of two from the same millisecond one has ended the other.
    .orderBy(desc(callerCheck.startedAt), sql`${callerCheck.failedAt} desc nulls first`, desc(callerCheck.id))
    .limit(1);
  return found;
}
