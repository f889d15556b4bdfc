import { days, minutes } from "#lib/kernel/time.ts";

export const SIGNING_ALGS = ["RS256", "ES256"] as const;
export type SigningAlg = (typeof SIGNING_ALGS)[number];

/** The times of a key's life: it is published, signs, has stopped signing, is gone. */
export type KeyLife = {
  kid: string;
  alg: SigningAlg;
  signsFrom: Date;
  /** Null while no younger one is to take its place. */
  signsUntil: Date | null;
  publishedUntil: Date | null;
};

/** How old a key grows before the schedule replaces it (NIST SP 800-57 part 1 §5.3.6 has one to three years at most). */
export const ROTATED_AFTER = days(90);

/** How long relying parties may keep the key set: `Cache-Control` of the set. */
export const KEY_SET_FRESH_FOR = minutes(5);

/**
 * How long a key is published before it signs. By command: twice as long as anybody may keep the set, for libraries that look
 * at it again when they meet a key they do not know. By schedule nothing hurries: a day more than libraries that look once a
 * day.
 */
export const PUBLISHED_AHEAD = { byCommand: minutes(10), bySchedule: days(2) } as const;

/**
 * How long a key stays published after it has stopped signing. An ID token is brought back as a hint when somebody signs out,
 * so it counts as long as the session it came from: 12 hours. The rest is for libraries that look once a day.
 */
export const PUBLISHED_AFTER = days(2);

export const isPublished = ({ publishedUntil }: KeyLife, now: Date): boolean =>
  publishedUntil === null || publishedUntil > now;

/** The key that signs at a moment: of those whose time it is, the youngest. */
export function signerAt<Key extends KeyLife>(keys: readonly Key[], alg: SigningAlg, now: Date): Key | undefined {
  return youngest(
    keys.filter(
      (key) =>
        key.alg === alg &&
        isPublished(key, now) &&
        key.signsFrom <= now &&
        (key.signsUntil === null || key.signsUntil > now),
    ),
  );
}

/** The key that will sign, published already; nothing where none waits. */
export const waitingAt = <Key extends KeyLife>(keys: readonly Key[], alg: SigningAlg, now: Date): Key | undefined =>
  youngest(keys.filter((key) => key.alg === alg && isPublished(key, now) && key.signsFrom > now));

const youngest = <Key extends KeyLife>(keys: readonly Key[]): Key | undefined =>
  keys.toSorted(
    (one, other) => other.signsFrom.getTime() - one.signsFrom.getTime() || (one.kid < other.kid ? -1 : 1),
  )[0];

/**
 * The key set as the provider takes it: whatever is published, and of each algorithm the one that signs before the others.
 */
export function inOrder<Key extends KeyLife>(keys: readonly Key[], now: Date): Key[] {
  const signers = SIGNING_ALGS.flatMap((alg) => signerAt(keys, alg, now) ?? []);
  return [...signers, ...keys.filter((key) => isPublished(key, now) && !signers.includes(key))];
}
