import { createHmac, timingSafeEqual } from "node:crypto";
import type { Db, Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import { currentKey } from "#lib/kernel/keyring.ts";
import { after, minutes } from "#lib/kernel/time.ts";

/** From asking for the options to the authenticator's answer, and the time the browser is told to wait for it. */
export const CHALLENGE_LIFETIME = minutes(5);

/**
 * What a challenge may be answered for, and by whom: `binding` is the id of the session (enrol, step-up), the id of the
 * ceremony (sign-in), or the secret of the browser (autofill). Of a transaction that is approved (approve) it is the
 * approval's id, the digest of what is shown, and the session. An answer to one is none to another.
 */
export type ChallengeUse = { purpose: "enrol"; binding: string } | ProveUse;
export type ProveUse = { purpose: "sign-in" | "step-up" | "autofill" | "approve"; binding: string };

/** A challenge of ours, in time. `expiresAt`: until when it must be remembered as used. */
export type OpenChallenge = { challenge: string; issuedAt: Date; expiresAt: Date };

/** WebAuthn L3 §13.4.3 asks for 16 random bytes at least. */
const RANDOM = 16;
/** Milliseconds since 1970, big-endian. */
const MOMENT = 6;
const SEALED = RANDOM + MOMENT;
/** 54 bytes in base64url: no bits are left over, so that a challenge is written in one way only. */
const SHAPE = /^[\w-]{72}$/;

/**
 * A new challenge: random | issued at | HMAC of both and of what it is for. It is kept nowhere, so asking for one
 * changes nothing, and any instance with the same keys can tell that it is ours.
 */
export function issueChallenge(ctx: Pick<Context, "keys" | "now" | "random">, use: ChallengeUse): Buffer {
  const body = Buffer.alloc(SEALED);
  ctx.random(RANDOM).copy(body);
  body.writeUIntBE(ctx.now().getTime(), RANDOM, MOMENT);
  return Buffer.concat([body, seal(currentKey(ctx.keys.link), body, use)]);
}

/** Reads a challenge that came back, in base64url. Null where it is not ours, not for this, or five minutes old. */
export function checkChallenge(
  ctx: Pick<Context, "keys" | "now">,
  challenge: string,
  use: ChallengeUse,
): OpenChallenge | null {
  if (!SHAPE.test(challenge)) return null;
  const bytes = Buffer.from(challenge, "base64url");
  const body = bytes.subarray(0, SEALED);
  const given = bytes.subarray(SEALED);
  // Every key reads: a rotation must not refuse those who asked just before it.
  if (!Object.values(ctx.keys.link.keys).some((key) => timingSafeEqual(given, seal(key, body, use)))) return null;
  const issuedAt = new Date(body.readUIntBE(RANDOM, MOMENT));
  const expiresAt = after(issuedAt, CHALLENGE_LIFETIME);
  return expiresAt > ctx.now() ? { challenge, issuedAt, expiresAt } : null;
}

/** As part of a larger statement: a row where the challenge was not answered before, none where it was. */
export const spendChallengeText = (challenge: string, expiresAt: string): string =>
  `insert into used_challenge (challenge, expires_at) values (${challenge}, ${expiresAt}) on conflict do nothing returning challenge`;

const spendStatement = { name: "challenge_spend", text: spendChallengeText("$1", "$2") };

/** Uses a challenge up. Of any number at once, one is told yes. */
export async function spendChallenge(on: Db | Tx, { challenge, expiresAt }: OpenChallenge): Promise<boolean> {
  return (await run(on, spendStatement, [challenge, expiresAt])).length === 1;
}

const seal = (key: Buffer, body: Buffer, { purpose, binding }: ChallengeUse): Buffer =>
  createHmac("sha256", key).update(`passkey.challenge\0${purpose}\0${binding}\0`).update(body).digest();
