import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { account } from "#db/schema/account.ts";
import { recovery } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { hours } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { issueTicket } from "#lib/recovery/enrolment/issue-ticket.ts";
import { issueRecovery } from "#lib/recovery/lost-factor/issue-recovery.ts";

export const recoveryLetters = ["lost_factor", "lost_factor_refused", "recovery_started", "enrolment"] as const;

/** For tests of the letters, which stand below what owes them: one of a lost second factor, as it stands when it is owed. */
export async function oweRecoveryLetter(
  kind: (typeof recoveryLetters)[number],
  by: Context,
  to: { accountId: string; to: string },
): Promise<void> {
  const now = by.now();
  const { accountId } = to;
  const requestedFrom = by.request.device;
  await by.db.transaction(async (tx) => {
    if (kind === "lost_factor_refused") {
      const about = { why: "no_second_factor", requestedFrom, requestedAt: now.toISOString() } as const;
      return enqueue(tx, by, { ...to, kind, about });
    }
    if (kind === "lost_factor") {
      const [owner] = await tx.select().from(account).where(eq(account.id, accountId));
      if (owner) await issueRecovery(tx, by, owner, true);
      return;
    }
    const begun = { id: randomUUID(), accountId, mailbox: to.to, knownBrowser: true, requestedFrom, createdAt: now };
    const readyAt = new Date(now.getTime() + hours(24));
    await tx
      .insert(recovery)
      .values({ ...begun, tokenDigest: "-", codeDigest: "-", startedAt: now, startedFrom: requestedFrom, readyAt });
    if (kind === "recovery_started")
      return enqueue(tx, by, { ...to, kind, about: { recoveryId: begun.id, undoId: randomUUID() } });
    const { ticketId } = await issueTicket(tx, by, accountId, "recovery", begun.id);
    return enqueue(tx, by, { ...to, kind, about: { ticketId } });
  });
}
