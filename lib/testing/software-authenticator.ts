import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { type Cbor, cbor } from "./cbor.ts";

/** COSE algorithms it can sign with: ES256, EdDSA, RS256, and ES384, which the portal does not ask for. */
export type Algorithm = -7 | -8 | -257 | -35;

type CreationOptions = { challenge: string; rp: { id?: string | undefined }; user: { id: string } };
type RequestOptions = { challenge: string; rpId?: string | undefined };

/** What an answer shall say instead of the truth. Flags and counter are signed as they are given here. */
export type Twist = {
  /** Laid over the client data: `{ origin: "https://…" }`. A key of `undefined` is left out. */
  clientData?: Record<string, unknown>;
  rpId?: string;
  up?: boolean;
  uv?: boolean;
  be?: boolean;
  bs?: boolean;
  counter?: number;
  /** Id beside the signed data. */
  outerId?: string;
  /** Of the answer: base64url, or null for none. */
  userHandle?: string | null;
};

export type CreationTwist = Twist & {
  algorithm?: Algorithm;
  /** Bytes of the id. */
  credentialId?: Buffer;
  /** Laid over the COSE key. */
  publicKey?: ReadonlyMap<number, Cbor>;
  /** "self" signs with the passkey itself; "certified" comes with a certificate that is none. */
  attestation?: "none" | "self" | "certified";
  aaguid?: string;
};

/** A passkey it holds. `counter` is the last one it signed. */
export type HeldPasskey = {
  id: string;
  userHandle: string;
  algorithm: Algorithm;
  privateKey: KeyObject;
  counter: number;
};

export type SoftwareAuthenticator = ReturnType<typeof softwareAuthenticator>;

const UNNAMED = "00000000-0000-0000-0000-000000000000";
const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();

/**
 * An authenticator and the browser in front of it, for tests: real keys, real CBOR, real signatures, and answers as
 * `PublicKeyCredential.toJSON` gives them. It verifies its user unless told otherwise. `synced`: a passkey that is
 * copied to all devices of its owner. `counts`: it keeps a signature counter.
 */
export function softwareAuthenticator({
  origin,
  synced = true,
  counts = false,
  aaguid = UNNAMED,
}: {
  origin: string;
  synced?: boolean;
  counts?: boolean;
  aaguid?: string;
}) {
  const held: HeldPasskey[] = [];

  const clientData = (type: string, challenge: string, twist: Twist): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...twist.clientData }));

  /** Authenticator data (L3 §6.1), without what comes after the counter. */
  const signedData = (rpId: string, counter: number, twist: Twist, attested: boolean): Buffer => {
    const { up = true, uv = true, be = synced, bs = synced } = twist;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(twist.counter ?? counter);
    const flags = [up && 1, uv && 4, be && 8, bs && 16, attested && 64].reduce<number>((all, bit) => all | +bit, 0);
    return Buffer.concat([sha256(twist.rpId ?? rpId), Buffer.of(flags), count]);
  };

  /** Makes a passkey and answers with it, as JSON. */
  function create(options: CreationOptions, twist: CreationTwist = {}): string {
    const algorithm = twist.algorithm ?? -7;
    const { privateKey, publicKey } = makeKey(algorithm);
    const credentialId = twist.credentialId ?? randomBytes(32);
    const id = credentialId.toString("base64url");
    const passkey: HeldPasskey = { id, userHandle: options.user.id, algorithm, privateKey, counter: counts ? 1 : 0 };
    held.push(passkey);

    const length = Buffer.alloc(2);
    length.writeUInt16BE(credentialId.length);
    const authData = Buffer.concat([
      signedData(options.rp.id ?? new URL(origin).hostname, passkey.counter, twist, true),
      Buffer.from((twist.aaguid ?? aaguid).replaceAll("-", ""), "hex"),
      length,
      credentialId,
      cbor(new Map([...publicKey, ...(twist.publicKey ?? [])])),
    ]);
    const said = clientData("webauthn.create", options.challenge, twist);
    const statement = statementOf(twist.attestation ?? "none", passkey, Buffer.concat([authData, sha256(said)]));
    return answerOf(twist.outerId ?? id, {
      clientDataJSON: said,
      attestationObject: cbor(new Map<string, Cbor>([...statement, ["authData", authData]])),
      transports: ["internal", "hybrid"],
    });
  }

  /** Signs in with a passkey it holds, the newest unless another is given, and answers as JSON. */
  function get(options: RequestOptions, twist: Twist = {}, passkey: HeldPasskey | undefined = held.at(-1)): string {
    if (!passkey) throw new Error("The authenticator holds no passkey");
    if (counts) passkey.counter += 1;
    const authData = signedData(options.rpId ?? new URL(origin).hostname, passkey.counter, twist, false);
    const said = clientData("webauthn.get", options.challenge, twist);
    const userHandle = twist.userHandle === undefined ? passkey.userHandle : twist.userHandle;
    return answerOf(twist.outerId ?? passkey.id, {
      clientDataJSON: said,
      authenticatorData: authData,
      signature: signWith(passkey, Buffer.concat([authData, sha256(said)])),
      ...(userHandle !== null && { userHandle }),
    });
  }

  return { held, create, get };
}

function statementOf(kind: "none" | "self" | "certified", passkey: HeldPasskey, signed: Buffer): [string, Cbor][] {
  if (kind === "none")
    return [
      ["fmt", "none"],
      ["attStmt", new Map()],
    ];
  const statement = new Map<string, Cbor>([
    ["alg", passkey.algorithm],
    ["sig", signWith(passkey, signed)],
  ]);
  if (kind === "certified") statement.set("x5c", [Buffer.from("no certificate")]);
  return [
    ["fmt", "packed"],
    ["attStmt", statement],
  ];
}

function signWith({ algorithm, privateKey }: HeldPasskey, data: Buffer): Buffer {
  const hash = { [-7]: "sha256", [-8]: null, [-257]: "sha256", [-35]: "sha384" }[algorithm];
  return sign(hash, data, privateKey);
}

function makeKey(algorithm: Algorithm): { privateKey: KeyObject; publicKey: Map<number, Cbor> } {
  const { privateKey, publicKey } =
    algorithm === -257
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : algorithm === -8
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("ec", { namedCurve: algorithm === -7 ? "P-256" : "P-384" });
  const { x = "", y = "", n = "", e = "" } = publicKey.export({ format: "jwk" });
  const bytes = (text: string) => Buffer.from(text, "base64url");
  const rest: [number, Cbor][] =
    algorithm === -257
      ? [
          [-1, bytes(n)],
          [-2, bytes(e)],
        ]
      : algorithm === -8
        ? [
            [-1, 6],
            [-2, bytes(x)],
          ]
        : [
            [-1, algorithm === -7 ? 1 : 2],
            [-2, bytes(x)],
            [-3, bytes(y)],
          ];
  const type = algorithm === -257 ? 3 : algorithm === -8 ? 1 : 2;
  return { privateKey, publicKey: new Map<number, Cbor>([[1, type], [3, algorithm], ...rest]) };
}

function answerOf(id: string, response: Record<string, Buffer | string | string[]>): string {
  const encoded = Object.entries(response).map(([name, value]) => [
    name,
    Buffer.isBuffer(value) ? value.toString("base64url") : value,
  ]);
  return JSON.stringify({
    id,
    rawId: id,
    type: "public-key",
    authenticatorAttachment: "platform",
    clientExtensionResults: {},
    response: Object.fromEntries(encoded),
  });
}
