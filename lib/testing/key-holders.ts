import { randomBytes } from "node:crypto";
import type { Context } from "#lib/kernel/context.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { takeIn } from "#lib/server/keys/follow-keys.ts";
import { joinKeys, leaveKeys } from "#lib/server/keys/join-keys.ts";
import type { Purpose } from "#lib/server/keys/key-life.ts";
import type { World } from "./new-world.ts";

/** The same keys, held by another process. */
export const copyOf = (keys: Keyring): Keyring =>
  Object.fromEntries(
    keyPurposes.map((purpose) => [
      purpose,
      { current: keys[purpose].asked ?? keys[purpose].current, keys: { ...keys[purpose].keys } },
    ]),
  ) as Keyring;

/** These keys with a new one of a purpose, which is asked for. */
export function withKey(keys: Keyring, purpose: Purpose, id: string, key: Buffer = randomBytes(32)): Keyring {
  const copy = copyOf(keys);
  copy[purpose] = { current: id, keys: { ...copy[purpose].keys, [id]: key } };
  return copy;
}

/** An instance of the world's portal with keys of its own. `beat`: it says that it is there, and goes by what all decide. */
export async function holderOf(world: World, id: string, keys: Keyring = world.ctx.keys) {
  const held = copyOf(keys);
  const holder = { id, startedAt: world.now(), works: true };
  const beat = () => joinKeys(world.db, held, holder, world.now());
  await beat();
  return {
    ctx: { ...world.ctx, keys: held } satisfies Context,
    system: { ...world.asSystem(), keys: held } satisfies Context,
    keys: held,
    beat,
    /** Its file was given other keys while it runs. */
    given: async (found: Keyring) => {
      takeIn(held, found);
      return beat();
    },
    ends: () => leaveKeys(world.db, holder),
  };
}
