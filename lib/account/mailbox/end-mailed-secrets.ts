import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { enrolmentTicket, passwordReset, recovery } from "#db/schema/recovery.ts";
import { emailCode } from "#db/schema/second-factors.ts";
import type { Context } from "#lib/kernel/context.ts";
import { endSessionsOf } from "#lib/session/end-sessions.ts";

/**
 * What lies in the former official mailbox opens nothing any more, now that it is another: codes of sign-ins, links to a
 * new password and to a new factor. A wait that has begun goes on: it began with the security answers, and what ends it
 * is mailed to the new one. The caller holds the account's row.
 */
export async function endMailedSecrets(tx: Tx, ctx: Context, accountId: string): Promise<void> {
  const now = ctx.now();
  const codes = and(eq(emailCode.accountId, accountId), isNull(emailCode.consumedAt), isNull(emailCode.supersededAt));
  await tx.update(emailCode).set({ supersededAt: now }).where(codes);
  await endResets(tx, accountId, now);
  const asked = and(eq(recovery.accountId, accountId), isNull(recovery.startedAt), isNull(recovery.supersededAt));
  await tx.update(recovery).set({ supersededAt: now }).where(asked);
  const tickets = and(
    eq(enrolmentTicket.accountId, accountId),
    eq(enrolmentTicket.why, "recovery"),
    isNull(enrolmentTicket.usedAt),
    isNull(enrolmentTicket.cancelledAt),
  );
  const cancelled = await tx
    .update(enrolmentTicket)
    .set({ cancelledAt: now })
    .where(tickets)
    .returning({ id: enrolmentTicket.id });
  for (const { id } of cancelled) await endSessionsOf(tx, ctx, accountId, { ticket: id }, "official_email_changed");
}

/** No reset of the account lets a password be chosen from now on, those whose letter is still owed included. */
export async function endResets(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .update(passwordReset)
    .set({ expiresAt: now })
    .where(and(eq(passwordReset.accountId, accountId), isNull(passwordReset.doneAt), gt(passwordReset.expiresAt, now)));
}
