import { and, eq, gt, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { enrolmentTicket, undoLink } from "#db/schema/recovery.ts";

/**
 * No enrolment ticket of an account opens anything from now on, officers' ones included, and the links that stop the
 * replacement of a lost factor are answered. The caller holds the account's row.
 */
export async function endTickets(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx
    .update(enrolmentTicket)
    .set({ cancelledAt: now })
    .where(
      and(
        eq(enrolmentTicket.accountId, accountId),
        isNull(enrolmentTicket.usedAt),
        isNull(enrolmentTicket.cancelledAt),
        gt(enrolmentTicket.expiresAt, now),
      ),
    );
  await tx
    .update(undoLink)
    .set({ usedAt: now })
    .where(and(eq(undoLink.accountId, accountId), eq(undoLink.purpose, "recovery"), isNull(undoLink.usedAt)));
}
