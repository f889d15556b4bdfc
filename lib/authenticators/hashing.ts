import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { lengthOf } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { seconds } from "#lib/kernel/time.ts";
import { type Turnstile, turnstile } from "#lib/kernel/turnstile.ts";

export const hashRefusals = ["secret_too_long", "busy"] as const;
export type HashRefusal = (typeof hashRefusals)[number];

/**
 * argon2id with 19 MiB and two passes: OWASP Password Storage Cheat Sheet, the least it allows. Some 8 ms on one core.
 */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** In code points after NFC. NIST SP 800-63B-4 §3.1.1.2 asks for at least 64; longer would only cost us. */
export const SECRET_MAX = 128;

/**
 * What the hash of a secret nobody has looks like: the password was 32 random bytes that were thrown away. Verifying
 * against it costs exactly what verifying against a real one does.
 */
const NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$En8zP/lYinQq33Vjx5ZTHw$ayZPYw4O0hzj1eV7UE02ixbEVW/MuHEbnCzSZp3BoS0";

/**
 * Hashes a password, an answer or a recovery code. The value is in PHC form (`$argon2id$v=19$m=…`).
 * Refuses what is too long before hashing it, and `busy` when too many wait already.
 */
export async function hashSecret(plain: string): Promise<Result<string, HashRefusal>> {
  const secret = plain.normalize("NFC");
  if (lengthOf(secret) > SECRET_MAX) return refuse("secret_too_long");
  return inTurn(() => hash(secret, COST));
}

/**
 * As `hashSecret`, under a salt of the caller's (16 random bytes): the same secret gives the same hash, so that one
 * hash finds it among those of its set. Only for secrets made by chance, each of which is as hard to guess as all of
 * them.
 */
export async function hashUnder(salt: Uint8Array, plain: string): Promise<Result<string, HashRefusal>> {
  const secret = plain.normalize("NFC");
  if (lengthOf(secret) > SECRET_MAX) return refuse("secret_too_long");
  return inTurn(() => hash(secret, { ...COST, salt }));
}

/** Whether this is the secret that was hashed. One too long cannot be, and is not tried. Throws on what is no hash. */
export async function verifySecret(hashed: string, plain: string): Promise<Result<boolean, "busy">> {
  const secret = plain.normalize("NFC");
  if (lengthOf(secret) > SECRET_MAX) return ok(false);
  return inTurn(() => verify(hashed, secret));
}

/** For nobody's account: takes as long as `verifySecret` and is never right, so that the time tells nothing. */
export const burnOne = (plain: string): Promise<Result<boolean, "busy">> => verifySecret(NOBODY, plain);

/** As many at once as there are cores: more finish no sooner, and make every other page wait. */
const AT_ONCE = availableParallelism();

/**
 * How many may wait, per core. At some 8 ms each the last of 250 waits two seconds; whoever comes after that is told at
 * once to try again (`busy`), instead of everybody waiting longer and longer.
 */
const WAITING_PER_CORE = 250;
/** The same in time, for cores that are busy with something else: nobody waits for a page longer than that. */
const PATIENCE = seconds(10);

const shared = globalThis as typeof globalThis & { kunciHashing?: Turnstile };
// On globalThis, since Next.js evaluates this module once for pages and once for routes, and the cores are the same.
shared.kunciHashing ??= turnstile({ atOnce: AT_ONCE, waiting: WAITING_PER_CORE * AT_ONCE, patience: PATIENCE });
const inTurn = shared.kunciHashing;

/** How many hashes are under way and wait, and how many were refused since the process began. */
export const hashQueue = (): ReturnType<Turnstile["state"]> => inTurn.state();
