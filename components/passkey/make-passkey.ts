import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { readFault } from "./read-fault.ts";
import { requestOptions } from "./request-options.ts";
import type { Trouble, Where } from "./trouble.ts";

// Browsers that do not know hints go by the attachment, which must then say the same (WebAuthn L3 §5.8.7).
const places = {
  here: { hints: ["client-device"], authenticatorAttachment: "platform" },
  elsewhere: { hints: ["hybrid"], authenticatorAttachment: "cross-platform" },
} as const;

/**
 * Has the browser make a passkey for the signed-in person: what it answers, as JSON text for the field `credential`.
 */
export async function makePasskey(where: Where): Promise<Result<string, Trouble>> {
  const options = await requestOptions<PublicKeyCredentialCreationOptionsJSON>("enrol");
  if (!options.ok) return options;
  const { hints, authenticatorAttachment } = places[where];
  const startedAt = performance.now();
  try {
    const answer = await startRegistration({
      optionsJSON: {
        ...options.value,
        hints: [...hints],
        authenticatorSelection: { ...options.value.authenticatorSelection, authenticatorAttachment },
      },
    });
    return ok(JSON.stringify(answer));
  } catch (fault) {
    return refuse(readFault(fault, performance.now() - startedAt, options.value.timeout));
  }
}
