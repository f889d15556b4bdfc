import { and, eq, gt, isNull, or, type SQL } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { relyingPartySecret } from "#db/schema/relying-party.ts";
import { recordAll } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";

/** Those that open something at a moment. */
export const isLive = (now: Date): SQL | undefined =>
  or(isNull(relyingPartySecret.expiresAt), gt(relyingPartySecret.expiresAt, now));

/** Ends secrets of a relying party, now: one of them, or all that live. How many ended. */
export async function endSecrets(
  tx: Tx,
  ctx: Context,
  { id, name }: { id: string; name: string },
  secretId?: string,
): Promise<number> {
  const ended = await tx
    .update(relyingPartySecret)
    .set({ expiresAt: ctx.now() })
    .where(
      and(
        eq(relyingPartySecret.relyingPartyId, id),
        secretId === undefined ? undefined : eq(relyingPartySecret.id, secretId),
        isLive(ctx.now()),
      ),
    )
    .returning({ secretId: relyingPartySecret.id });
  await recordAll(
    tx,
    ctx,
    ended.map((one) => ({
      type: "relying_party.secret_ended" as const,
      accountId: null,
      relyingPartyId: id,
      system: name,
      secretId: one.secretId,
    })),
  );
  return ended.length;
}
