import { keyedHash } from "./digest.ts";
import { canonical, type IdentityNumber } from "./identity-number.ts";
import type { Keyring } from "./keyring.ts";

/** Where an identity number is looked up without being readable: HMAC-SHA-256 under the lookup key, base64url. */
export const blindIndex = (keys: Keyring, identity: IdentityNumber): string =>
  keyedHash(keys.lookup, "identity", canonical(identity)).toString("base64url");
