import { createHash, generateKeyPair, type JsonWebKey } from "node:crypto";
import { promisify } from "node:util";
import type { signingKey } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type Sealed, seal, unseal } from "#lib/kernel/sealed.ts";
import type { SigningAlg } from "./key-life.ts";

export const SIGNING_KEY_PURPOSE = "signing_key.private";

/** What the members of a public key are that its thumbprint is made of, in their order (RFC 7638 §3.2). */
const THUMBPRINT_OF = { RS256: ["e", "kty", "n"], ES256: ["crv", "kty", "x", "y"] } as const;

const makePair = promisify(generateKeyPair);

/**
 * A new key with its private part sealed. RSA of 2048 bits (NIST SP 800-131A: until 2030 and beyond for signatures of hours);
 * it signs RS256 and PS256. Chance is the system's here: a pair cannot be made of given bytes.
 */
export async function makeSigningKey(
  ctx: Pick<Context, "keys" | "random" | "now">,
  alg: SigningAlg,
  signsFrom: Date,
): Promise<typeof signingKey.$inferInsert> {
  const { publicKey, privateKey } =
    alg === "RS256" ? await makePair("rsa", { modulusLength: 2048 }) : await makePair("ec", { namedCurve: "P-256" });
  const publicJwk = publicKey.export({ format: "jwk" });
  const kid = thumbprint(publicJwk, alg);
  const privateSealed = sealPrivate(ctx, kid, JSON.stringify(privateKey.export({ format: "jwk" })));
  return { kid, alg, publicJwk, privateSealed, createdAt: ctx.now(), signsFrom };
}

export const sealPrivate = ({ keys, random }: Pick<Context, "keys" | "random">, kid: string, jwk: string): Sealed =>
  seal(keys.sealing, random, jwk, SIGNING_KEY_PURPOSE, kid);

/** The private part as JSON. Throws where the key it was sealed with is not here. */
export const unsealPrivate = ({ keys }: Pick<Context, "keys">, kid: string, sealed: string): string =>
  unseal(keys.sealing, sealed, SIGNING_KEY_PURPOSE, kid);

function thumbprint(jwk: JsonWebKey, alg: SigningAlg): string {
  const members = Object.fromEntries(THUMBPRINT_OF[alg].map((member) => [member, jwk[member]]));
  return createHash("sha256").update(JSON.stringify(members)).digest("base64url");
}
