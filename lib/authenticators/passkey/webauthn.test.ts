import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type CreationTwist, softwareAuthenticator, type Twist } from "#lib/testing/software-authenticator.ts";
import { readAssertion, readAttestation } from "./read-credential.ts";
import { creationOptions, requestOptions, verifyAssertion, verifyAttestation } from "./webauthn.ts";

const origin = "https://kunci.contoh.example.gov.my";
const rpId = "contoh.example.gov.my";
const challenge = randomBytes(54);
const expected = { origin, rpId, challenge: challenge.toString("base64url") };
const handle = randomBytes(32).toString("base64url");

const user = { handle, name: "pegawai@contoh.example.gov.my", displayName: "Contoh" };
const creation = () => creationOptions({ rpId, rpName: "Kunci", user, challenge, timeout: 1, known: [] });
const request = () => requestOptions({ rpId, challenge, timeout: 1 });

/** Twists that are wrong in both ceremonies, by the step of L3 §7.1 and §7.2 that says so. */
const wrong: [string, Twist][] = [
  ["of the other ceremony", { clientData: { type: "payment.get" } }],
  ["to another challenge", { clientData: { challenge: randomBytes(54).toString("base64url") } }],
  ["on another origin", { clientData: { origin: "https://kunci.contoh.example.gov.my.example.com" } }],
  ["on another port", { clientData: { origin: `${origin}:8443` } }],
  ["in a frame of another site", { clientData: { crossOrigin: true } }],
  ["in a frame that is named", { clientData: { crossOrigin: true, topOrigin: "https://example.com" } }],
  ["in a frame that says it is none", { clientData: { topOrigin: "https://example.com" } }],
  ["in a frame of a kind nobody knows", { clientData: { crossOrigin: "true" } }],
  ["for another relying party", { rpId: "example.com" }],
  ["for a host below the relying party", { rpId: "kunci.contoh.example.gov.my" }],
  ["without its user present", { up: false }],
  ["without its user verified", { uv: false }],
  ["backed up though it cannot be", { be: false, bs: true }],
  ["under another id", { outerId: randomBytes(32).toString("base64url") }],
];

describe("what a browser is asked for", () => {
  test("is a passkey that can be found without a name, verified, and not attested", async () => {
    expect(await creation()).toMatchObject({
      rp: { id: rpId, name: "Kunci" },
      user: { id: handle },
      challenge: expected.challenge,
      attestation: "none",
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      pubKeyCredParams: [{ alg: -7 }, { alg: -8 }, { alg: -257 }],
    });
  });

  test("to sign in is any passkey, verified", async () => {
    expect(await request()).toEqual({
      rpId,
      challenge: expected.challenge,
      timeout: 1,
      userVerification: "required",
      allowCredentials: [],
      extensions: undefined,
    });
  });
});

describe("a new passkey", () => {
  const verify = async (twist: CreationTwist = {}) => {
    const given = readAttestation(softwareAuthenticator({ origin }).create(await creation(), twist));
    return given && verifyAttestation(expected, given);
  };

  test.each([-7, -8, -257] as const)(
    "with a key of algorithm %i is read as its authenticator described it",
    async (algorithm) => {
      const credentialId = randomBytes(32);
      expect(await verify({ algorithm, credentialId, aaguid: "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4" })).toEqual({
        credentialId: credentialId.toString("base64url"),
        publicKey: expect.stringMatching(/^[\w-]{50,}$/),
        counter: 0,
        aaguid: "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4",
        transports: ["internal", "hybrid"],
        backupEligible: true,
        backedUp: true,
      });
    },
  );

  test("may attest itself, with an id of any length that is allowed", async () => {
    expect(await verify({ attestation: "self" })).not.toBeNull();
    expect(await verify({ credentialId: randomBytes(16) })).not.toBeNull();
    expect(await verify({ credentialId: randomBytes(1023) })).not.toBeNull();
  });

  test.each<[string, CreationTwist]>([
    ...wrong,
    ["of a sign-in", { clientData: { type: "webauthn.get" } }],
    ["with an algorithm that was not asked for", { algorithm: -35 }],
    ["with an id longer than 1023 bytes", { credentialId: randomBytes(1024) }],
    ["with an id that could be guessed", { credentialId: randomBytes(15) }],
    ["with a point that is not on its curve", { publicKey: new Map([[-2, randomBytes(32)]]) }],
    ["with a curve that is not the algorithm's", { algorithm: -35, publicKey: new Map([[3, -7]]) }],
    ["with an RSA key that is too short", { algorithm: -257, publicKey: new Map([[-1, randomBytes(128)]]) }],
    ["with certificates, which nothing looks at", { attestation: "certified" }],
  ])("%s is refused", async (_, twist) => {
    expect(await verify(twist)).toBeNull();
  });

  test("with anything behind its end is refused", async () => {
    const answer = JSON.parse(softwareAuthenticator({ origin }).create(await creation()));
    const bytes = Buffer.from(answer.response.attestationObject, "base64url");
    answer.response.attestationObject = Buffer.concat([bytes, Buffer.of(0)]).toString("base64url");
    const given = readAttestation(JSON.stringify(answer));
    expect(given && (await verifyAttestation(expected, given))).toBeNull();
  });

  test("that attests itself with another's signature is refused", async () => {
    const phone = softwareAuthenticator({ origin });
    const mine = JSON.parse(phone.create(await creation(), { attestation: "self" }));
    const theirs = JSON.parse(phone.create(await creation(), { attestation: "self" }));
    const bytes = Buffer.from(mine.response.attestationObject, "base64url");
    const other = Buffer.from(theirs.response.attestationObject, "base64url");
    // The authenticator data is the object's last member, so both may exchange it, signature left where it was.
    const at = bytes.indexOf("authData");
    const from = other.indexOf("authData");
    mine.id = mine.rawId = theirs.id;
    mine.response.attestationObject = Buffer.concat([bytes.subarray(0, at), other.subarray(from)]).toString(
      "base64url",
    );
    const given = readAttestation(JSON.stringify(mine));
    expect(given && (await verifyAttestation(expected, given))).toBeNull();
  });
});

describe("a passkey that signs in", () => {
  async function enrolled({ synced = true, algorithm = -7 as -7 | -8 | -257 } = {}) {
    const phone = softwareAuthenticator({ origin, synced });
    const given = readAttestation(phone.create(await creation(), { algorithm }));
    const kept = given && (await verifyAttestation(expected, given));
    if (!kept) throw new Error("The passkey was refused");
    const verify = async (twist: Twist = {}, tamper: (answer: string) => string = (answer) => answer) => {
      const answer = readAssertion(tamper(phone.get(await request(), twist)));
      return answer && verifyAssertion(expected, kept, answer);
    };
    return { phone, kept, verify };
  }

  test.each([-7, -8, -257] as const)("with a key of algorithm %i is taken", async (algorithm) => {
    const { verify } = await enrolled({ algorithm });
    expect(await verify()).toEqual({ counter: 0, backedUp: true });
    expect(await verify({ bs: false, counter: 7 })).toEqual({ counter: 7, backedUp: false });
  });

  test.each<[string, Twist]>([
    ...wrong,
    ["of an enrolment", { clientData: { type: "webauthn.create" } }],
    ["no longer one that can be backed up", { be: false, bs: false }],
  ])("%s is refused", async (_, twist) => {
    const { verify } = await enrolled();
    expect(await verify(twist)).toBeNull();
  });

  test("that was bound to one device and now says it is not is refused", async () => {
    const { verify } = await enrolled({ synced: false });
    expect(await verify()).not.toBeNull();
    expect(await verify({ be: true })).toBeNull();
    expect(await verify({ be: true, bs: true })).toBeNull();
  });

  test("with anything behind the end of its signature is refused", async () => {
    const { verify } = await enrolled();
    const longer = (answer: string) => {
      const given = JSON.parse(answer);
      const bytes = Buffer.from(given.response.signature, "base64url");
      given.response.signature = Buffer.concat([bytes, Buffer.of(0)]).toString("base64url");
      return JSON.stringify(given);
    };
    expect(await verify({}, longer)).toBeNull();
  });

  test("by another key's signature, or with what was signed changed, is refused", async () => {
    const { phone, kept } = await enrolled();
    phone.create(await creation());
    const stranger = phone.held.at(-1);
    const answer = readAssertion(phone.get(await request(), { outerId: kept.credentialId }, stranger));
    expect(answer && (await verifyAssertion(expected, kept, answer))).toBeNull();

    const mine = phone.held[0];
    const signed = JSON.parse(phone.get(await request(), {}, mine));
    const data = Buffer.from(signed.response.authenticatorData, "base64url");
    data.writeUInt32BE(99, 33);
    signed.response.authenticatorData = data.toString("base64url");
    const changed = readAssertion(JSON.stringify(signed));
    expect(changed && (await verifyAssertion(expected, kept, changed))).toBeNull();
  });
});
