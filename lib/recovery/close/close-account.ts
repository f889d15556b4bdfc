import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { activationCeremony } from "#db/schema/account.ts";
import { mailboxChange } from "#db/schema/profile.ts";
import { undoLink } from "#db/schema/recovery.ts";
import { endLinks } from "#lib/account/activation/activation-link.ts";
import { endHeldAndWanted } from "#lib/account/end-held-and-wanted.ts";
import { holdById } from "#lib/account/find-account.ts";
import { move } from "#lib/account/lifecycle.ts";
import { endResets } from "#lib/account/mailbox/end-mailed-secrets.ts";
import { recordAll } from "#lib/audit/record.ts";
import { notifyOwner } from "#lib/authenticators/notify-owner.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { stopRecoveries } from "../stop-recoveries.ts";
import { forgetAuthenticators } from "./forget-authenticators.ts";

/** `event`: what the trail calls it; a registration that is voided is closed too. */
export type ClosedBy = { type: "account.closed" | "registration.voided"; actionId: string };

/**
 * Ends an account for good, in a transaction of the caller's: its identity number and mailbox are free for another, all
 * that opened it is forgotten, every session, link, letter, role, case and request of it is over. The owner is told. Two
 * officers may reopen it. Of any number at once one closes it; the others are refused `closed`.
 */
export async function closeAccount(
  tx: Tx,
  ctx: Context,
  accountId: string,
  { type, actionId }: ClosedBy,
): Promise<Result<null, "closed">> {
  const now = ctx.now();
  const owner = await holdById(tx, accountId);
  if (!owner || !(await move(tx, owner, "close", { closedAt: now })).ok) return refuse("closed");
  await stopRecoveries(tx, ctx, accountId, "closed");
  await endResets(tx, accountId, now);
  await endMailedLinks(tx, accountId, now);
  await endSessionsOf(tx, ctx, accountId, { all: true }, "closed");
  await recordAll(tx, ctx, [{ type, accountId, actionId }, ...(await endHeldAndWanted(tx, ctx, [accountId]))]);
  await forgetAuthenticators(tx, ctx, owner);
  await notifyOwner(tx, ctx, accountId, type === "account.closed" ? "account_closed" : "registration_voided");
  return ok(null);
}

async function endMailedLinks(tx: Tx, accountId: string, now: Date): Promise<void> {
  await endLinks(tx, accountId, "superseded", now);
  await tx
    .update(activationCeremony)
    .set({ expiresAt: now })
    .where(and(eq(activationCeremony.accountId, accountId), gt(activationCeremony.expiresAt, now)));
  await tx
    .update(mailboxChange)
    .set({ supersededAt: now })
    .where(
      and(eq(mailboxChange.accountId, accountId), isNull(mailboxChange.consumedAt), isNull(mailboxChange.supersededAt)),
    );
  await tx
    .update(undoLink)
    .set({ expiresAt: now })
    .where(and(eq(undoLink.accountId, accountId), gt(undoLink.expiresAt, now)));
}
