import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { readFault } from "./read-fault.ts";
import { type Purpose, requestOptions } from "./request-options.ts";
import type { Trouble, Where } from "./trouble.ts";

export const offersAutofill = (): Promise<boolean> => browserSupportsWebAuthnAutofill();

/** Ends whatever the browser is asking or waiting with. */
export const abandon = (): void => WebAuthnAbortService.cancelCeremony();

/** Which way the browser's own dialog goes first; it may still offer the others. */
const hints = { here: ["client-device"], elsewhere: ["hybrid"] } as const satisfies Record<Where, readonly string[]>;

/**
 * Has the browser prove a passkey: what it answers, as JSON text for the field `credential`. With "autofill" it waits,
 * without a dialog, until somebody chooses a passkey in the identity field. A new request ends the one before, which is
 * `abandoned`, so what is not wanted any more once the portal has answered does not begin.
 */
export async function provePasskey(
  purpose: Exclude<Purpose, "enrol">,
  where: Where | "autofill",
  stillWanted: () => boolean = () => true,
): Promise<Result<string, Trouble>> {
  const options = await requestOptions<PublicKeyCredentialRequestOptionsJSON>(purpose);
  if (!options.ok) return options;
  if (!stillWanted()) return refuse("abandoned");
  const startedAt = performance.now();
  try {
    const answer = await startAuthentication({
      optionsJSON: where === "autofill" ? options.value : { ...options.value, hints: [...hints[where]] },
      useBrowserAutofill: where === "autofill",
    });
    return ok(JSON.stringify(answer));
  } catch (fault) {
    return refuse(readFault(fault, performance.now() - startedAt, options.value.timeout));
  }
}
