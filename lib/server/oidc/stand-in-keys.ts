import { generateKeyPairSync } from "node:crypto";
import type { JWKS } from "oidc-provider";

/** Keys of this process alone. */
export const standInKeys = (): JWKS => ({
  keys: [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("ec", { namedCurve: "P-256" })].map(
    ({ privateKey }) => privateKey.export({ format: "jwk" }),
  ) as JWKS["keys"],
});
