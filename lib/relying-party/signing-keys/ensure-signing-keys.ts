import { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holdSigningKeys } from "./hold-signing-keys.ts";
import { type KeyLife, SIGNING_ALGS, signerAt } from "./key-life.ts";
import { replaceSigningKey } from "./replace-signing-key.ts";

/** Makes the keys that are missing, which sign from now on: at the very first start. Of instances that start at once one does. */
export async function ensureSigningKeys(ctx: Context): Promise<void> {
  const missing = (keys: readonly KeyLife[]) => SIGNING_ALGS.filter((alg) => !signerAt(keys, alg, ctx.now()));
  const { kid, alg, signsFrom, signsUntil, publishedUntil } = signingKey;
  const there = await ctx.db.select({ kid, alg, signsFrom, signsUntil, publishedUntil }).from(signingKey);
  if (missing(there).length === 0) return;
  await ctx.db.transaction(async (tx) => {
    for (const alg of missing(await holdSigningKeys(tx))) await replaceSigningKey(tx, ctx, alg, ctx.now());
  });
}
