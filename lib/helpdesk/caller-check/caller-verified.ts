import { and, eq, gt } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { callerCheck } from "#db/schema/helpdesk.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { VERIFIED_FOR } from "./check-state.ts";

/**
 * Whether the officer who acts has checked, in the last 15 minutes, that they speak with the owner of the account. Another
 * officer's check counts for that officer alone.
 */
export async function callerVerified(on: Tx | Context["db"], ctx: Context, accountId: string): Promise<boolean> {
  if (ctx.actor.kind !== "account") return false;
  const passed = and(
    eq(callerCheck.accountId, accountId),
    eq(callerCheck.officerId, ctx.actor.accountId),
    gt(callerCheck.verifiedAt, before(ctx.now(), VERIFIED_FOR)),
  );
  const [found] = await on.select({ id: callerCheck.id }).from(callerCheck).where(passed).limit(1);
  return found !== undefined;
}
