import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import {
  COSEALG,
  cose,
  decodeAttestationObject,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
  isoCBOR,
  verifySignature,
} from "@simplewebauthn/server/helpers";
import type { Assertion, Attestation } from "./read-credential.ts";

// The one file that speaks to SimpleWebAuthn, which both throws and answers `verified: false`: here either is null.
// Steps are those of WebAuthn Level 3, §7.1 for a new passkey and §7.2 for one that signs in. Those that need what is
// stored are named where they are done: challenge (add-passkey, verify-passkey), uniqueness (add-passkey), owner and
// counter (verify-passkey).

export type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON };

/**
 * Signature algorithms, the liked best first. All that passkeys are made with today: Windows Hello on old machines has
 * RS256 only.
 */
const ALGORITHMS = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];
/** Bits of the smallest RSA key (NIST SP 800-131A rev. 2 §3). */
const RSA_MIN = 2_048;

/** What this portal expects of every answer. */
export type Expected = { origin: string; rpId: string };

type Known = { id: string; transports: readonly string[] };
type Asked = { rpId: string; challenge: Buffer; timeout: number };

/**
 * What a browser is asked for to make a passkey. `user.handle` is base64url; `known` are those the account has already.
 */
export async function creationOptions(
  asked: Asked & { rpName: string; user: { handle: string; name: string; displayName: string }; known: Known[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: asked.rpName,
    rpID: asked.rpId,
    userID: bytesOf(asked.user.handle),
    userName: asked.user.name,
    userDisplayName: asked.user.displayName,
    challenge: Uint8Array.from(asked.challenge),
    timeout: asked.timeout,
    attestationType: "none",
    excludeCredentials: asked.known.map(({ id, transports }) => ({ id, transports: transports as never })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/**
 * What a browser is asked for to sign in: any passkey of this portal. There is no list, since a list would tell who has
 * one.
 */
export async function requestOptions(asked: Asked): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: asked.rpId,
    challenge: Uint8Array.from(asked.challenge),
    timeout: asked.timeout,
    userVerification: "required",
    allowCredentials: [],
  });
}

/** The challenge that an answer says it answers, or null where its client data cannot be read. */
export function challengeOf({ response }: { response: { clientDataJSON: string } }): string | null {
  try {
    const { challenge } = decodeClientDataJSON(response.clientDataJSON);
    return typeof challenge === "string" ? challenge : null;
  } catch {
    return null;
  }
}

/** A new passkey as its authenticator described it. Ids and keys in base64url. */
export type Attested = {
  credentialId: string;
  publicKey: string;
  counter: number;
  aaguid: string;
  transports: string[];
  backupEligible: boolean;
  backedUp: boolean;
};

/** Everything of §7.1 that can be told from the answer alone; `challenge` is one of ours, in time. Null is no. */
export async function verifyAttestation(
  expected: Expected & { challenge: string },
  given: Attestation,
): Promise<Attested | null> {
  try {
    if (isFramed(given.response.clientDataJSON) || !isUnattested(given.response.attestationObject)) return null;
    // Steps 7 to 9 and 13 to 17, 20 to 22: type, challenge, origin, RP id, UP, UV, BS only with BE, algorithm,
    // statement.
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...given, clientExtensionResults: {}, response: { ...given.response, transports: [] } },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      expectedType: "webauthn.create",
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return null;
    const { credential, aaguid, credentialDeviceType, credentialBackedUp } = registrationInfo;
    // The id beside the signed data is the browser's word, the authenticator's is inside it. Step 25: its length was
    // read with it.
    if (credential.id !== given.id) return null;
    if (!(await canVerify(credential.publicKey))) return null;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      aaguid,
      transports: given.response.transports,
      backupEligible: credentialDeviceType === "multiDevice",
      backedUp: credentialBackedUp,
    };
  } catch {
    return null;
  }
}

/** What is kept of a passkey, as far as its signature goes. */
export type Kept = { credentialId: string; publicKey: string; backupEligible: boolean };

/**
 * Everything of §7.2 that needs no more than the answer and the key; `challenge` is one of ours, in time. Null is no.
 */
export async function verifyAssertion(
  expected: Expected & { challenge: string },
  kept: Kept,
  given: Assertion,
): Promise<{ counter: number; backedUp: boolean } | null> {
  try {
    if (isFramed(given.response.clientDataJSON) || given.id !== kept.credentialId) return null;
    if (!isWhole(bytesOf(given.response.signature), bytesOf(kept.publicKey))) return null;
    const { userHandle, ...response } = given.response;
    // Steps 10 to 12, 15 to 18 and 20, 21: type, challenge, origin, RP id, UP, UV, BS only with BE, signature. The
    // counter (22) is given as 0 and compared later: the library would look at it before the signature, and anybody
    // could then have it reported.
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...given, clientExtensionResults: {}, response: { ...response, ...(userHandle && { userHandle }) } },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      expectedType: "webauthn.get",
      requireUserVerification: true,
      credential: { id: kept.credentialId, publicKey: bytesOf(kept.publicKey), counter: 0 },
    });
    // Step 19: whether a passkey may be copied is settled when it is made.
    const mayBeCopied = authenticationInfo.credentialDeviceType === "multiDevice";
    if (!verified || mayBeCopied !== kept.backupEligible) return null;
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}

/**
 * §7.1 steps 10 and 11, §7.2 steps 13 and 14: no page of this portal is ever in a frame, so neither is its passkey
 * prompt.
 */
function isFramed(clientDataJSON: string): boolean {
  const { crossOrigin, topOrigin } = decodeClientDataJSON(clientDataJSON);
  return (crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined;
}

/**
 * §7.1 steps 21 to 24: no attestation, or the passkey's own, is all that "none" leaves (§5.1.3). Statements with
 * certificates are refused before anything reads them: they would have the library fetch the addresses that they name.
 */
function isUnattested(attestationObject: string): boolean {
  const bytes = bytesOf(attestationObject);
  const decoded = decodeAttestationObject(bytes);
  // Step 13: all of it is the object. The library stops reading at its end and would let anything follow.
  if (isoCBOR.encode(decoded as never).length !== bytes.length) return false;
  const format = decoded.get("fmt");
  return format === "none" || (format === "packed" && decoded.get("attStmt").get("x5c") === undefined);
}

/** A DER signature of r = s = 1: of the right form for an elliptic curve, and right for nothing. */
const NO_SIGNATURE = Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 1);

/**
 * Whether a signature by this key could ever be verified: a point off its curve or a key too short would only show at
 * the next sign-in.
 */
async function canVerify(publicKey: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = decodeCredentialPublicKey(publicKey) as unknown as Map<number, unknown>;
  const curve = key.get(cose.COSEKEYS.crv);
  const algorithm = key.get(cose.COSEKEYS.alg);
  // The curves that §5.8.5 ties to the algorithms.
  if (algorithm === COSEALG.ES256 && curve !== cose.COSECRV.P256) return false;
  if (algorithm === COSEALG.EdDSA && curve !== cose.COSECRV.ED25519) return false;
  const modulus = key.get(cose.COSEKEYS.n);
  if (algorithm === COSEALG.RS256 && !(modulus instanceof Uint8Array && modulus.length * 8 >= RSA_MIN)) return false;
  await verifySignature({ signature: NO_SIGNATURE, data: Uint8Array.of(0), credentialPublicKey: publicKey });
  return true;
}

/**
 * A signature of an elliptic curve is one DER sequence (§6.5.5) to its last byte: the library would let anything
 * follow.
 */
function isWhole(signature: Uint8Array, publicKey: Uint8Array<ArrayBuffer>): boolean {
  const key = decodeCredentialPublicKey(publicKey) as unknown as Map<number, unknown>;
  return key.get(cose.COSEKEYS.alg) !== COSEALG.ES256 || signature[1] === signature.length - 2;
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(base64url, "base64url"));
