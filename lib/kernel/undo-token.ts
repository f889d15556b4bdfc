import { keyedHash } from "./digest.ts";
import type { Keyring } from "./keyring.ts";

/**
 * The secret of a link that undoes something, 256 bits, derived from its row: a retried letter carries the same one,
 * and none is kept.
 */
export const undoToken = (keys: Keyring, undoId: string): string =>
  keyedHash(keys.link, "undo.token", undoId).toString("base64url");
