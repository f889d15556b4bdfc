import { createHash, createHmac } from "node:crypto";
import { currentKey, type KeySet, keyObject } from "./keyring.ts";

/** SHA-256 of a random secret of 128 bits or more, for keeping in the database (a slow hash adds nothing there). */
export const digest = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** A keyed hash under the current key: the same input gives the same output, which tells nothing without the key. */
export const keyedHash = (set: KeySet, purpose: string, value: string): Buffer =>
  createHmac("sha256", keyObject(currentKey(set)))
    .update(`${purpose}\0${value}`)
    .digest();
