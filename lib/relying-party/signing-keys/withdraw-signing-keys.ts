import { gt, isNull, or } from "drizzle-orm";
import { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holdSigningKeys } from "./hold-signing-keys.ts";
import { SIGNING_ALGS } from "./key-life.ts";
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
    const replaced: Replaced[] = [];
    for (const alg of SIGNING_ALGS) replaced.push(await replaceSigningKey(tx, ctx, alg, now));
    return replaced;
  });
}
