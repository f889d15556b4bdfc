import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** An EC pair of a relying party, with the public half as it registers it. */
export function relyingPartyKeys(kid = "kunci-sistem") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    privateKey,
    publicKey,
    jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" }] },
  };
}

const part = (of: object): string => Buffer.from(JSON.stringify(of)).toString("base64url");

/** Signs as whoever attacks would: any algorithm of the header with any key, and none at all. */
export function signJwt(
  header: { alg: string; [more: string]: unknown },
  payload: object,
  key: KeyObject | string | null,
): string {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${signatureOf(header.alg, input, key)}`;
}

function signatureOf(alg: string, input: string, key: KeyObject | string | null): string {
  if (alg === "none" || key === null) return "";
  if (alg.startsWith("HS")) return createHmac("sha256", key).update(input).digest("base64url");
  if (alg === "ES256")
    return sign("sha256", Buffer.from(input), { key: key as KeyObject, dsaEncoding: "ieee-p1363" }).toString(
      "base64url",
    );
  const padding = alg === "PS256" ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return sign("sha256", Buffer.from(input), { key: key as KeyObject, padding }).toString("base64url");
}
