import { and, eq, gt, isNotNull, isNull, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { enrolmentTicket, recovery } from "#db/schema/recovery.ts";
import { passkey, recoveryCodeSet, totpCredential, totpEnrolment } from "#db/schema/second-factors.ts";
import type { AuditEvent } from "#lib/audit/catalogue.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";
import { endTickets } from "./end-tickets.ts";
import { notifyOwner } from "./notify-owner.ts";

/** The ticket that was used, and the factor it enrolled: the one that stays. */
type Enrolled = { accountId: string; ticketId: string; kept: { passkeyId: string } | { totpId: string } };

/**
 * The other half of an enrolment by ticket, in its transaction: the ticket is used up, every other second factor and the
 * recovery codes are gone (they are lost, and perhaps in somebody's hands), the recovery is completed, and every
 * session ends, the one that acts included: its owner signs in with what they have now. The owner is told. The caller
 * holds the account's row and has asked `mayChange`, so that the ticket is still open: throws where it is not.
 */
export async function replaceLostFactors(tx: Tx, ctx: Context, { accountId, ticketId, kept }: Enrolled): Promise<void> {
  const now = ctx.now();
  await spendTicket(tx, ticketId, now);
  const lost = await dropOthers(tx, accountId, kept);
  const completed = await completeRecoveries(tx, accountId, now);
  await tx.update(account).set({ asksTwoFactors: true, recoveredAt: now }).where(eq(account.id, accountId));
  await recordAll(tx, ctx, [{ type: "enrolment_ticket.used", accountId, ticketId }, ...lost, ...completed]);
  await endSessionsOf(tx, ctx, accountId, { all: true }, "second_factor_recovered");
  await notifyOwner(tx, ctx, accountId, "second_factor_recovered");
}

async function spendTicket(tx: Tx, ticketId: string, now: Date): Promise<void> {
  const open = and(
    eq(enrolmentTicket.id, ticketId),
    isNull(enrolmentTicket.usedAt),
    isNull(enrolmentTicket.cancelledAt),
    gt(enrolmentTicket.expiresAt, now),
  );
  const used = await tx.update(enrolmentTicket).set({ usedAt: now }).where(open).returning({ id: enrolmentTicket.id });
  if (used.length !== 1) throw new Error(`The enrolment ticket ${ticketId} is not open any more`);
}

async function dropOthers(tx: Tx, accountId: string, kept: Enrolled["kept"]): Promise<AuditEvent[]> {
  const notKept = "passkeyId" in kept ? ne(passkey.id, kept.passkeyId) : undefined;
  const passkeys = await tx
    .delete(passkey)
    .where(and(eq(passkey.accountId, accountId), notKept))
    .returning({ id: passkey.id });
  const apps = await tx
    .delete(totpCredential)
    .where(
      and(eq(totpCredential.accountId, accountId), "totpId" in kept ? ne(totpCredential.id, kept.totpId) : undefined),
    )
    .returning({ id: totpCredential.id });
  await tx.delete(totpEnrolment).where(eq(totpEnrolment.accountId, accountId));
  await tx.delete(recoveryCodeSet).where(eq(recoveryCodeSet.accountId, accountId));
  return [
    ...passkeys.map(({ id }) => ({ type: "passkey.removed", accountId, passkeyId: id }) as const),
    ...apps.map(({ id }) => ({ type: "totp.removed", accountId, totpId: id }) as const),
  ];
}

/** Those that wait, whoever issued the ticket; letters that were asked for and the links that stop it lead nowhere now. */
async function completeRecoveries(tx: Tx, accountId: string, now: Date): Promise<AuditEvent[]> {
  const open = and(eq(recovery.accountId, accountId), isNull(recovery.cancelledAt), isNull(recovery.completedAt));
  const completed = await tx
    .update(recovery)
    .set({ completedAt: now })
    .where(and(open, isNotNull(recovery.startedAt)))
    .returning({ id: recovery.id });
  await tx.update(recovery).set({ cancelledAt: now }).where(open);
  await endTickets(tx, accountId, now);
  return completed.map(({ id }) => ({ type: "recovery.completed", accountId, recoveryId: id }) as const);
}
