import { createHash, hkdfSync } from "node:crypto";
import type { Keyring } from "#lib/kernel/keyring.ts";

const BYTES = 32;

/**
 * What the names of server actions are made with as the portal is built (Next.js calls it a key, and salts with it). No
 * secret: the names stand in every page. The same in each build, so that a form of one instance, or of the release before,
 * is understood by all others for as long as its action is where it was.
 */
export const actionNamesSalt = createHash("sha256").update("kunci: names of server actions").digest("base64");

/**
 * What Next.js seals values with that an action closes over, as base64: the deployment's own, and so the same on all
 * instances. No action closes over anything (a test looks); should one ever, it is not sealed with what everybody has.
 */
export function actionsKey({ cookie }: Keyring): string {
  const key = cookie.keys[cookie.current] as Buffer;
  return Buffer.from(hkdfSync("sha256", key, "", "kunci: closures of server actions", BYTES)).toString("base64");
}
