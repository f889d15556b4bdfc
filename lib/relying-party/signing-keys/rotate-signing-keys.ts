import type { Context } from "#lib/kernel/context.ts";
import { after, type Duration } from "#lib/kernel/time.ts";
import { holdSigningKeys } from "./hold-signing-keys.ts";
import { SIGNING_ALGS, type SigningAlg, signerAt, waitingAt } from "./key-life.ts";
import { type Replaced, replaceSigningKey } from "./replace-signing-key.ts";

/** `made`: false where one waited already, from an earlier rotation that has not come to its end. */
export type Rotated = Replaced & { made: boolean };

/**
 * Publishes a new key of each algorithm now, which signs from `publishedAhead` on in the place of the present one; that stays
 * published for as long as what it signed may be looked at. Asked again meanwhile, nothing more is made.
 */
export async function rotateSigningKeys(
  ctx: Context,
  publishedAhead: Duration,
  algs: readonly SigningAlg[] = SIGNING_ALGS,
): Promise<Rotated[]> {
  return ctx.db.transaction(async (tx) => {
    const keys = await holdSigningKeys(tx);
    const now = ctx.now();
    const rotated: Rotated[] = [];
    for (const alg of algs) {
      const waiting = waitingAt(keys, alg, now);
      const isFirst = signerAt(keys, alg, now) === undefined;
      // The very first key is known to nobody's cache; nothing can be signed before it signs.
      if (waiting && !isFirst) rotated.push({ kid: waiting.kid, alg, signsFrom: waiting.signsFrom, made: false });
      else
        rotated.push({
          ...(await replaceSigningKey(tx, ctx, alg, isFirst ? now : after(now, publishedAhead))),
          made: true,
        });
    }
    return rotated;
  });
}
