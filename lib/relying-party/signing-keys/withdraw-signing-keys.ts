import { eq, gt, isNull, or } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { statementKey } from "#db/schema/approval.ts";
import { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holdSigningKeys } from "./hold-signing-keys.ts";
import { SIGNING_ALGS } from "./key-life.ts";
import { publicHalf } from "./public-half.ts";
import { type Replaced, replaceSigningKey } from "./replace-signing-key.ts";

/**
 * A private key came into wrong hands: new keys sign at once, and nothing that any older one signed is believed from now on.
 * Relying parties that keep the key set turn sign-ins away for as long as they keep it (minutes, mostly).
 */
export async function withdrawSigningKeys(ctx: Context): Promise<Replaced[]> {
  return ctx.db.transaction(async (tx) => {
    await holdSigningKeys(tx);
    const now = ctx.now();
    await tx
      .update(signingKey)
      .set({ signsUntil: now, publishedUntil: now })
      .where(or(isNull(signingKey.publishedUntil), gt(signingKey.publishedUntil, now)));
    await withdrawFromStatements(tx, now);
    const replaced: Replaced[] = [];
    for (const alg of SIGNING_ALGS) replaced.push(await replaceSigningKey(tx, ctx, alg, now));
    return replaced;
  });
}

/**
 * What such a key signed of approvals is believed no more either. Also of one that has signed none yet: a statement that is being
 * signed at this moment names it then, and is found. Keys whose private half is gone for good stay as good as they were.
 */
async function withdrawFromStatements(tx: Tx, now: Date): Promise<void> {
  const keys = await tx.select().from(signingKey).where(eq(signingKey.alg, "ES256"));
  for (const { kid, publicJwk } of keys)
    await tx
      .insert(statementKey)
      .values({
        kid,
        publicJwk: publicHalf(publicJwk as Record<string, unknown>, kid),
        firstSignedAt: now,
        withdrawnAt: now,
      })
      .onConflictDoUpdate({ target: statementKey.kid, set: { withdrawnAt: now } });
}
