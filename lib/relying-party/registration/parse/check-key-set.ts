import { createPublicKey, type JsonWebKey } from "node:crypto";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import type { KeySet, PublicKey } from "../registration.ts";

/** keys_private: it holds what must never leave the relying party. keys_weak: RSA below 2,048 bits or with an exponent that anybody can sign for, or a curve besides P-256. */
export type KeySetRefusal = "keys_shape" | "keys_private" | "keys_weak" | "keys_named";

const MOST_KEYS = 10;
const RSA_BITS_MIN = 2_048;
/** FIPS 186-5 §5.1: odd, and above 2^16. With 1 a signature is the message itself. */
const RSA_EXPONENT_MIN = 65_537n;
/** RFC 7518 §6: the parts of private and of symmetric keys. */
const PRIVATE = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] as const;
const parts = { RSA: ["n", "e"], EC: ["crv", "x", "y"] } as const;
/** What `private_key_jwt` may be signed with (security.md). */
const algs = { RSA: ["RS256", "PS256"], EC: ["ES256"] } as const;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON Web Key Set (RFC 7517) of public keys that sign; what else it carries is left out. */
export function checkKeySet(given: unknown): Result<KeySet, KeySetRefusal> {
  if (holdsPrivate(given)) return refuse("keys_private");
  const listed = isObject(given) ? given.keys : undefined;
  if (!Array.isArray(listed) || listed.length === 0 || listed.length > MOST_KEYS) return refuse("keys_shape");
  const keys: PublicKey[] = [];
  for (const one of listed) {
    const key = checkKey(one);
    if (!key.ok) return key;
    keys.push(key.value);
  }
  const names = keys.map(({ kid }) => kid);
  const areTold =
    keys.length === 1 || (names.every((kid) => kid !== undefined) && new Set(names).size === names.length);
  return areTold ? ok({ keys }) : refuse("keys_named");
}

/** Whether anything private is in it, wherever: one key, a set, or what was pasted and cannot be read. */
function holdsPrivate(given: unknown): boolean {
  if (typeof given === "string") return given.includes("PRIVATE KEY") || /"(?:d|k)"\s*:/.test(given);
  const listed = isObject(given) ? [given, ...(Array.isArray(given.keys) ? given.keys : [])] : [];
  return listed.some((key) => isObject(key) && PRIVATE.some((part) => Object.hasOwn(key, part)));
}

function checkKey(given: unknown): Result<PublicKey, KeySetRefusal> {
  if (!isObject(given)) return refuse("keys_shape");
  const { kty, kid, use, alg } = given;
  if (kty !== "RSA" && kty !== "EC") return refuse("keys_shape");
  if (kid !== undefined && !(typeof kid === "string" && /^[!-~]{1,200}$/.test(kid))) return refuse("keys_shape");
  if (use !== undefined && use !== "sig") return refuse("keys_shape");
  if (alg !== undefined && !(algs[kty] as readonly unknown[]).includes(alg)) return refuse("keys_shape");
  const kept = Object.fromEntries(parts[kty].map((part) => [part, given[part]]));
  if (Object.values(kept).some((value) => typeof value !== "string")) return refuse("keys_shape");
  const weight = strength({ kty, ...kept } as JsonWebKey);
  if (weight === null) return refuse("keys_shape");
  if (!weight) return refuse("keys_weak");
  return ok({
    kty,
    ...(kid !== undefined && { kid }),
    ...(use !== undefined && { use }),
    ...(alg !== undefined && { alg }),
    ...kept,
  } as PublicKey);
}

/** Whether a key is strong enough; null where it is none at all, such as a point that is not on its curve. */
function strength(jwk: JsonWebKey): boolean | null {
  try {
    const { asymmetricKeyDetails: details } = createPublicKey({ key: jwk, format: "jwk" });
    if (jwk.kty === "EC") return jwk.crv === "P-256";
    const { modulusLength = 0, publicExponent = 0n } = details ?? {};
    return modulusLength >= RSA_BITS_MIN && publicExponent >= RSA_EXPONENT_MIN && publicExponent % 2n === 1n;
  } catch {
    return null;
  }
}
