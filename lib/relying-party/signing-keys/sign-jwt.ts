import { constants, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import type { SigningAlg } from "./key-life.ts";

/** What an ID token or a logout token is signed with, as a relying party is registered for it. */
export type JwtAlg = "RS256" | "PS256" | "ES256";

/** Of each algorithm, the kind of key. */
export const KEY_OF: Readonly<Record<JwtAlg, SigningAlg>> = { RS256: "RS256", PS256: "RS256", ES256: "ES256" };

const OPTIONS = {
  RS256: {},
  PS256: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  ES256: { dsaEncoding: "ieee-p1363" },
} as const;

const signed = promisify(sign) as unknown as (hash: string, data: Buffer, key: object) => Promise<Buffer>;

/** A compact JWS of these claims (RFC 7515 §7.1), made off the main thread. `typ` is such as `logout+jwt`. */
export async function signJwt(
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
  alg: JwtAlg,
  typ: string,
  claims: object,
): Promise<string> {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signing = `${encoded({ alg, typ, kid })}.${encoded(claims)}`;
  const signature = await signed("sha256", Buffer.from(signing), { key: privateKey, ...OPTIONS[alg] });
  return `${signing}.${signature.toString("base64url")}`;
}
