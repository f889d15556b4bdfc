import { randomBytes } from "node:crypto";
import fs from "node:fs";
import type { Db } from "#db/client.ts";
import { type Keyring, keyPurposes } from "#lib/kernel/keyring.ts";
import { lookAgainEvery } from "#lib/kernel/look-again.ts";
import { seconds } from "#lib/kernel/time.ts";
import { portalNow } from "../clock/follow-clock.ts";
import { type Holder, joinKeys, leaveKeys } from "./join-keys.ts";
import type { Turn } from "./key-life.ts";

/** How long after an operator's new key, or another instance's word, this one goes by it. */
const LOOKED_AT_EVERY = seconds(5);

export type Following = {
  db: Db;
  keys: Keyring;
  works: boolean;
  /** Where the keys lie, and how they are read anew; nothing where they came with the environment. */
  file?: { path: string; read: () => Keyring } | undefined;
  turned: (turn: Turn) => void;
  failed: (fault: unknown) => void;
};

/**
 * Joins those who hold keys, throws `StartRefused` where these are the wrong ones, and from then on follows what all of
 * them decide until it is stopped. A file that was given more keys meanwhile is read again, so that a new key reaches
 * instances that run; one that is gone, or no longer holds what it held, changes nothing here and is told of.
 */
export async function followKeys({
  db,
  keys,
  works,
  file,
  turned,
  failed,
}: Following): Promise<{ stop: () => Promise<void> }> {
  const holder: Holder = { id: randomBytes(9).toString("base64url"), startedAt: portalNow(), works };
  let seen = file && stampOf(file.path);
  const look = async (): Promise<void> => {
    if (file) {
      const stamp = stampOf(file.path);
      if (stamp !== seen) {
        takeIn(keys, file.read());
        seen = stamp;
      }
    }
    const joined = await joinKeys(db, keys, holder, portalNow());
    for (const turn of joined.turned) turned(turn);
  };
  await look();
  const looking = lookAgainEvery(LOOKED_AT_EVERY, look, failed);
  return {
    stop: async () => {
      looking.stop();
      // Without its database nobody waits for it either: its row grows old.
      await leaveKeys(db, holder).catch(failed);
    },
  };
}

const stampOf = (file: string): string => {
  const { mtimeMs, ino, size } = fs.statSync(file);
  return [mtimeMs, ino, size].join();
};

/** Takes over what is new, and which one is asked for. What is held stays until the next start. */
export function takeIn(keys: Keyring, found: Keyring): void {
  for (const purpose of keyPurposes) {
    const set = keys[purpose];
    // What is there stands before what the file says now: another key under a name that is in use is refused at the start.
    set.keys = { ...found[purpose].keys, ...set.keys };
    set.asked = found[purpose].current;
  }
}
