import { and, eq, gte, lt, sql } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordThrottle } from "#db/schema/authenticators.ts";
import { rateLimit } from "#db/schema/mail.ts";
import { limits } from "#lib/throttle/limits.ts";

/** Of tries that are counted per account (`prove-code.ts`); what follows is the blind index and the browser. */
const COUNTED = ["code-try:", "recovery-code-try:"] as const;

/**
 * Whoever waits out wrong passwords or codes of theirs may try again at once. A password that a hundred wrong ones have
 * disabled stays so: only a new one ends that. `cleared`: there was something to wait for; `disabled`: the password of
 * some browser is disabled. The caller holds the account's row.
 */
export async function clearPauses(
  tx: Tx,
  { identityIndex }: { identityIndex: string },
): Promise<{ cleared: boolean; disabled: boolean }> {
  const its = eq(passwordThrottle.identityIndex, identityIndex);
  const passwords = await tx
    .delete(passwordThrottle)
    .where(and(its, lt(passwordThrottle.failures, limits.password.disabledAfter)))
    .returning({ failures: passwordThrottle.failures });
  const disabled = await tx.$count(
    passwordThrottle,
    and(its, gte(passwordThrottle.failures, limits.password.disabledAfter)),
  );
  const codes = await tx
    .delete(rateLimit)
    .where(
      sql.join(
        COUNTED.map((what) => sql`starts_with(${rateLimit.key}, ${`${what}${identityIndex}:`})`),
        sql` or `,
      ),
    )
    .returning({ points: rateLimit.points });
  const waited =
    passwords.some(({ failures }) => failures >= limits.password.freeFailures) ||
    codes.some(({ points }) => points > 0);
  return { cleared: waited, disabled: disabled > 0 };
}
