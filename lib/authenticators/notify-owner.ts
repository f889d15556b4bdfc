import type { Tx } from "#db/client.ts";
import { type Context, doneFrom } from "#lib/kernel/context.ts";
import type { SecurityChange } from "#lib/mail/letters.ts";
import { oweNotice } from "#lib/throttle/owe-notice.ts";

/**
 * Tells the owner, at every verified address and in the transaction of the change, that what opens their account was
 * changed. The same change again within a minute, or more than five times an hour, is told once: the ceiling of all
 * notices. `reference`: of a case that was filed with it. `system`: the name of the system it is about; notices of another
 * system are not held back by it.
 */
export async function notifyOwner(
  tx: Tx,
  ctx: Context,
  accountId: string,
  change: SecurityChange,
  { reference, system }: { reference?: string; system?: string } = {},
): Promise<void> {
  const about = {
    change,
    from: doneFrom(ctx),
    at: ctx.now().toISOString(),
    ...(reference && { reference }),
    ...(system && { system }),
  };
  await oweNotice(tx, ctx, accountId, "security_change", about, { change, ...(system && { system }) });
}
