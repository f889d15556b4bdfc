import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { passwordCredential } from "#db/schema/authenticators.ts";
import type { AuditEvents } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

/** The password opens nothing any more, until its owner has chosen another. The caller holds the account's row. */
export async function disablePassword(
  tx: Tx,
  ctx: Context,
  accountId: string,
  why: AuditEvents["password.disabled"]["why"],
): Promise<void> {
  const disabled = await tx
    .update(passwordCredential)
    .set({ disabledAt: ctx.now() })
    .where(and(eq(passwordCredential.accountId, accountId), isNull(passwordCredential.disabledAt)))
    .returning({ accountId: passwordCredential.accountId });
  if (disabled.length > 0) await record(tx, ctx, { type: "password.disabled", accountId, why });
}
