import { type Challenge, createChallenge, type Solution, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { z } from "zod";
import { usedCaptcha } from "#db/schema/mail.ts";
import type { Context } from "#lib/kernel/context.ts";
import { keyedHash } from "#lib/kernel/digest.ts";
import { eachKey, type KeySet } from "#lib/kernel/keyring.ts";
import { after, minutes } from "#lib/kernel/time.ts";

/** Long enough for somebody who ticks first and then looks for their passport. */
export const CAPTCHA_LIFETIME = minutes(30);

/**
 * The work: PBKDF2-SHA-256 of COST rounds for each number from 0 until the one that was chosen, between FEWEST and MOST. Measured
 * in Chromium: a second on two slow cores, most of it until the workers run. Making one costs us a single derivation (2 ms),
 * checking one only two HMACs.
 */
const COST = 5_000;
const FEWEST = 300;
const MOST = 600;

/**
 * A new piece of work for a browser ("Saya bukan robot"), signed, kept nowhere. Its lifetime is ours, inside the signed data,
 * and not the library's `expiresAt`, which reads a clock of its own.
 */
export async function newChallenge(ctx: Context): Promise<Challenge> {
  const counter = FEWEST + (ctx.random(4).readUInt32BE() % (MOST - FEWEST + 1));
  return createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: COST,
    counter,
    deriveKey,
    data: { until: after(ctx.now(), CAPTCHA_LIFETIME).getTime() },
    ...secrets(ctx.keys.cookie),
  });
}

/**
 * Whether this is the finished work of a challenge of ours, in time, and for the first time. Uses it up: of many at once with one
 * solution, one is told yes. What is no payload at all is simply not one. What was used is forgotten by the housekeeping, once too old to be used.
 */
export async function verifyCaptcha(ctx: Context, payload: string): Promise<boolean> {
  const solved = read(payload);
  if (!solved) return false;
  const { challenge } = solved;
  const { until } = challenge.parameters.data;
  if (until <= ctx.now().getTime()) return false;
  if (!(await isSolved(ctx, solved))) return false;
  const first = await ctx.db
    .insert(usedCaptcha)
    .values({ signature: challenge.signature, expiresAt: new Date(until) })
    .onConflictDoNothing()
    .returning({ signature: usedCaptcha.signature });
  return first.length === 1;
}

const secrets = (set: KeySet) => ({
  hmacSignatureSecret: keyedHash(set, "captcha.challenge", "").toString("base64url"),
  hmacKeySignatureSecret: keyedHash(set, "captcha.solution", "").toString("base64url"),
});

/** Under any of the keys: a page that was opened before a rotation is handed in after it. */
async function isSolved(ctx: Context, { challenge, solution }: Solved): Promise<boolean> {
  for (const set of eachKey(ctx.keys.cookie))
    if ((await verifySolution({ challenge, solution, deriveKey, ...secrets(set) })).verified) return true;
  return false;
}

/** In characters of base64; a real one has some 800. */
const PAYLOAD_MAX = 4_000;
const text = z.string().max(200);
const payloadShape = z.object({
  challenge: z.object({
    signature: text,
    parameters: z.looseObject({
      algorithm: text,
      nonce: text,
      salt: text,
      keyPrefix: text,
      keySignature: text,
      data: z.strictObject({ until: z.int() }),
    }),
  }),
  solution: z.object({ counter: z.int(), derivedKey: text }),
});
type Solved = {
  challenge: Challenge & { signature: string; parameters: { data: { until: number } } };
  solution: Solution;
};

function read(payload: string): Solved | null {
  if (payload.length > PAYLOAD_MAX) return null;
  try {
    const shape = payloadShape.safeParse(JSON.parse(Buffer.from(payload, "base64").toString("utf8")));
    // The parameters beyond the shape are covered by the signature, and were ours when it was made.
    return shape.success ? (shape.data as unknown as Solved) : null;
  } catch {
    return null;
  }
}
