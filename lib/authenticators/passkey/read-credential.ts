import { z } from "zod";

/**
 * In characters of JSON. With an id of the longest kind, a large key and what browsers add, a real answer has some
 * 8,000.
 */
const CREDENTIAL_MAX = 16_000;

/**
 * Bytes of the longest id that WebAuthn allows (L3 §7.1 step 25), and of the shortest (§4, "Credential ID"): one that
 * cannot be guessed.
 */
const CREDENTIAL_ID = { min: 16, max: 1023 } as const;
/** Of the longest user handle (L3 §5.4.3). */
const USER_HANDLE_MAX = 64;

const encoded = (bytes: number) => Math.ceil((bytes * 4) / 3);
/** One spelling for the same bytes: no padding, and no bits left over at the end. */
const base64url = (bytes: number) =>
  z
    .string()
    .min(1)
    .max(encoded(bytes))
    .refine((text) => Buffer.from(text, "base64url").toString("base64url") === text);

const id = base64url(CREDENTIAL_ID.max).min(encoded(CREDENTIAL_ID.min));
const anyBytes = base64url(CREDENTIAL_MAX);

// Browsers add more (`clientExtensionResults`, `publicKey`): it is left out here, since nothing may rest on what is not
// signed.
const attestationShape = z.object({
  id,
  rawId: id,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: anyBytes,
    attestationObject: anyBytes,
    /** Hints for the browser (L3 §5.2.1): kept where they are such, however unheard of; left out where they are not. */
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(10)
      .catch([]),
  }),
});

const assertionShape = z.object({
  id,
  rawId: id,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: anyBytes,
    authenticatorData: anyBytes,
    signature: anyBytes,
    userHandle: base64url(USER_HANDLE_MAX).nullish(),
  }),
});

/** A browser's answer, of the right shape and size; nothing of it is verified yet. Strings are base64url. */
export type Attestation = z.infer<typeof attestationShape>;
export type Assertion = z.infer<typeof assertionShape>;

export const readAttestation = (json: string): Attestation | null => read(json, attestationShape);
export const readAssertion = (json: string): Assertion | null => read(json, assertionShape);

function read<T>(json: string, shape: z.ZodType<T>): T | null {
  if (json.length > CREDENTIAL_MAX) return null;
  try {
    return shape.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
