import { and, desc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Db, Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { enrolmentTicket, recovery } from "#db/schema/recovery.ts";
import type { Account } from "#lib/account/find-account.ts";
import { digest } from "#lib/kernel/digest.ts";
import type { Recovery } from "./recovery-state.ts";

/** The recovery that a mailed link stands for, and whose it is. */
export async function findRecovery(
  on: Db | Tx,
  token: string,
): Promise<{ recovery: Recovery; owner: Account } | undefined> {
  const [found] = await on
    .select({ recovery, owner: accounts })
    .from(recovery)
    .innerJoin(accounts, eq(accounts.id, recovery.accountId))
    .where(eq(recovery.tokenDigest, digest(token)));
  return found;
}

/** That of an account whose wait has begun and is neither stopped nor completed: one at most. */
export async function findWait(on: Db | Tx, accountId: string): Promise<Recovery | undefined> {
  const [found] = await on
    .select()
    .from(recovery)
    .where(
      and(
        eq(recovery.accountId, accountId),
        isNotNull(recovery.startedAt),
        isNull(recovery.cancelledAt),
        isNull(recovery.completedAt),
      ),
    );
  return found;
}

/** The tickets that came of recoveries, the newest first. */
export const ticketsOf = (on: Db | Tx, recoveryIds: readonly string[]) =>
  on
    .select()
    .from(enrolmentTicket)
    .where(inArray(enrolmentTicket.recoveryId, [...recoveryIds]))
    .orderBy(desc(enrolmentTicket.createdAt));
