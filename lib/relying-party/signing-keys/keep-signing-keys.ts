import { eq, inArray, notLike } from "drizzle-orm";
import { signingKey } from "#db/schema/relying-party.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { holdSigningKeys } from "./hold-signing-keys.ts";
import { PUBLISHED_AHEAD, ROTATED_AFTER, SIGNING_ALGS, signerAt } from "./key-life.ts";
import { sealPrivate, unsealPrivate } from "./make-signing-key.ts";
import { rotateSigningKeys } from "./rotate-signing-keys.ts";

/**
 * Replaces keys that have grown old, forgets those that are published no more, and seals what an older key of the deployment
 * still seals under the present one. Answers what it did; null where there was nothing to do. Safe to repeat.
 */
export async function keepSigningKeys(
  ctx: Context,
): Promise<{ made: number; retired: number; resealed: number } | null> {
  const kept = { made: await replaceOld(ctx), retired: await discardRetired(ctx), resealed: await sealAnew(ctx) };
  return kept.made + kept.retired + kept.resealed > 0 ? kept : null;
}

async function replaceOld(ctx: Context): Promise<number> {
  const { kid, alg, signsFrom, signsUntil, publishedUntil } = signingKey;
  const keys = await ctx.db.select({ kid, alg, signsFrom, signsUntil, publishedUntil }).from(signingKey);
  const now = ctx.now();
  const old = SIGNING_ALGS.filter((each) => {
    const signer = signerAt(keys, each, now);
    return signer === undefined || signer.signsFrom <= before(now, ROTATED_AFTER);
  });
  if (old.length === 0) return 0;
  const rotated = await rotateSigningKeys(ctx, PUBLISHED_AHEAD.bySchedule, old);
  return rotated.filter(({ made }) => made).length;
}

async function discardRetired(ctx: Context): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const retired = (await holdSigningKeys(tx)).filter(({ publishedUntil }) => publishedUntil && publishedUntil <= now);
    if (retired.length === 0) return 0;
    await tx.delete(signingKey).where(
      inArray(
        signingKey.kid,
        retired.map(({ kid }) => kid),
      ),
    );
    for (const { kid } of retired) await record(tx, ctx, { type: "signing_key.retired", accountId: null, kid });
    return retired.length;
  });
}

/** A rotation of the deployment's own keys leaves nothing that needs the old one. */
async function sealAnew(ctx: Context): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const { kid, privateSealed } = signingKey;
    const older = await tx
      .select({ kid, privateSealed })
      .from(signingKey)
      .where(notLike(privateSealed, `${ctx.keys.sealing.current.replace(/[\\%_]/g, "\\$&")}.%`))
      .for("update");
    for (const key of older)
      await tx
        .update(signingKey)
        .set({ privateSealed: sealPrivate(ctx, key.kid, unsealPrivate(ctx, key.kid, key.privateSealed)) })
        .where(eq(kid, key.kid));
    return older.length;
  });
}
