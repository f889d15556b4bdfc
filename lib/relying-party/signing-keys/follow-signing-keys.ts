import type { Context } from "#lib/kernel/context.ts";
import { lookAgainEvery } from "#lib/kernel/look-again.ts";
import { seconds } from "#lib/kernel/time.ts";
import { inOrder, type KeyLife } from "./key-life.ts";
import { readLives, readSigningKeys, type SigningKey } from "./read-signing-keys.ts";
import { type JwtAlg, KEY_OF } from "./sign-jwt.ts";

/** How soon an instance follows a rotation: far sooner than a key signs that was published. */
const LOOKED_AT_EVERY = seconds(5);

export type FollowedKeys = {
  /** All that are published; of each algorithm the one that signs comes first. */
  published: () => readonly SigningKey[];
  /** The one that signs now, to be used at once and not kept. */
  signer: (alg: JwtAlg) => SigningKey;
  /** Looks at once; by itself it does so every five seconds. */
  lookAgain: () => Promise<void>;
  stop: () => void;
};

/**
 * Keeps this process in possession of the keys of all instances, and calls `changed` whenever another key is published, signs,
 * or is gone: at the beginning too. There must be keys. While the database is away, what was last seen stays.
 */
export async function followSigningKeys(
  ctx: Pick<Context, "db" | "keys" | "now">,
  changed: (keys: readonly SigningKey[]) => void,
  failed: (fault: unknown) => void,
): Promise<FollowedKeys> {
  let keys: readonly SigningKey[] = [];
  let seen = "";
  const lookAgain = async (): Promise<void> => {
    const found = editionOf(await readLives(ctx), ctx.now());
    if (found === seen) return;
    keys = await readSigningKeys(ctx);
    seen = editionOf(keys, ctx.now());
    changed(keys);
  };
  await lookAgain();
  const { stop } = lookAgainEvery(LOOKED_AT_EVERY, lookAgain, failed);
  return {
    published: () => keys,
    signer: (alg) => {
      const key = keys.find((each) => each.alg === KEY_OF[alg]);
      if (!key) throw new Error(`There is no key that signs ${alg}`);
      return key;
    },
    lookAgain,
    stop,
  };
}

/** Another one whenever the key set, or who signs, is another. */
const editionOf = (keys: readonly KeyLife[], now: Date): string =>
  inOrder(keys, now)
    .map(({ kid }) => kid)
    .join(" ");
