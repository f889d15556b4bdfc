import type { Tx } from "#db/client.ts";
import { endSystemRoles } from "#lib/account/end-system-roles.ts";
import { recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endSessionsWithoutAccess } from "#lib/relying-party/end-sessions-without-access.ts";

/**
 * Whom an office gave roles in other systems it no longer answers for: they have come to another one, or somebody who could
 * not have given them has said which mailbox is theirs. The roles end, and what is open there on the strength of them. They
 * are told, in one letter however many. What they have asked for waits for whoever decides now. In the transaction of it.
 */
export async function takeSystemRoles(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const ended = await endSystemRoles(tx, ctx, { accountIds: [accountId] });
  if (ended.length === 0) return;
  await recordAll(
    tx,
    ctx,
    ended.map((role) => ({ type: "relying_party_role.ended", ...role, actionId: null }) as const),
  );
  await endSessionsWithoutAccess(tx, ctx, { accountId });
  const systems = [...new Set(ended.map(({ system }) => system))].toSorted();
  await notifyOwner(tx, ctx, accountId, "system_role_ended", { system: systems.join(", ") });
}
