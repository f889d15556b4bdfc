import { keyedHash } from "./digest.ts";
import { canonical, type IdentityNumber } from "./identity-number.ts";
import { eachKey, type Keyring } from "./keyring.ts";

type Keys = Pick<Keyring, "lookup">;

/** Under one of the lookup keys: HMAC-SHA-256, base64url. */
export const blindIndexUnder = ({ lookup }: Keys, keyId: string, identity: IdentityNumber): string =>
  keyedHash({ current: keyId, keys: lookup.keys }, "identity", canonical(identity)).toString("base64url");

/** Where an identity number is looked up without being readable, as it is written now. */
export const blindIndex = (keys: Keys, identity: IdentityNumber): string =>
  blindIndexUnder(keys, keys.lookup.current, identity);

/**
 * All that an identity number may be found by, the present one first: while the lookup key is replaced, rows stand under
 * the former one, the new one or both.
 */
export const blindIndexes = (keys: Keys, identity: IdentityNumber): string[] =>
  eachKey(keys.lookup).map(({ current }) => blindIndexUnder(keys, current, identity));

/** What a row is given to be found by. Under both keys while one is replaced, so that neither finds two people. */
export const indexColumns = (
  keys: Keys,
  identity: IdentityNumber,
): { identityIndex: string; identityIndexFormer: string | null } => ({
  identityIndex: blindIndex(keys, identity),
  identityIndexFormer: keys.lookup.former === undefined ? null : blindIndexUnder(keys, keys.lookup.former, identity),
});
