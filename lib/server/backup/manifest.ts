import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { currentKey, type Keyring } from "#lib/kernel/keyring.ts";
import { BackupRefused } from "./backup-refused.ts";

/** Another number where an older release could not read what is written. */
export const FORMAT = 1;

/** The queues' work that was waiting, beside the tables. */
export const JOBS = "jobs";

const beginningShape = z.object({
  format: z.int(),
  /** The portal's. */
  release: z.string(),
  /** `server_version` of PostgreSQL. */
  postgres: z.string(),
  takenAt: z.iso.datetime(),
  /** Whether the manifest will be: whoever demands it need not read to the end to know. */
  signed: z.boolean(),
  /** What the schema is made of, oldest first; `when` is the migration's own time. */
  migrations: z.array(z.object({ when: z.number(), hash: z.string() })),
  /** As in `key_check`: which keys the database was written with, never the keys. */
  keys: z.array(
    z.object({
      ...{ purpose: z.string(), keyId: z.string(), digest: z.string() },
      /** Null: handed out, and nothing is written with it yet. */
      writesSince: z.iso.datetime().nullable(),
    }),
  ),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).nonempty() })),
});

/** The first file of a copy: what it takes to restore it. */
export type Beginning = z.infer<typeof beginningShape>;

const manifestShape = z.object({
  /** SHA-256 over the first file, as hex. */
  beginning: z.string(),
  /** By its table (and `jobs`): SHA-256 over its rows as COPY wrote them, as hex. */
  contents: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })),
  sequences: z.record(z.string(), z.object({ last: z.string().regex(/^\d+$/), called: z.boolean() })),
  /** The newest seal of the audit trail; null where nothing was sealed yet. */
  auditHead: z.object({ number: z.int(), lastId: z.int(), sealedAt: z.string(), signature: z.string() }).nullable(),
});

/** The last file of a copy, which says what must have come before it. */
export type Manifest = z.infer<typeof manifestShape>;

/** By whom: the audit key with which the portal signed it. Null where the copy was taken without the keys. */
const signedShape = z.object({ manifest: z.string(), by: z.object({ keyId: z.string(), mac: z.string() }).nullable() });

export const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

const macOf = (key: Buffer, manifest: string): string =>
  createHmac("sha256", key).update(`kunci copy of the database\0${manifest}`).digest("base64url");

/** As `wrongKeys` takes them. */
export const knownKeys = ({ keys }: Pick<Beginning, "keys">) =>
  keys.map(({ writesSince, ...key }) => ({ ...key, writesSince: writesSince === null ? null : new Date(writesSince) }));

/** Encrypting to a public key says nothing of by whom: the signature does, to whoever has the portal's keys. */
export function signManifest(manifest: Manifest, keys: Keyring | null): Buffer {
  const text = JSON.stringify(manifest);
  const by = keys && { keyId: keys.audit.current, mac: macOf(currentKey(keys.audit), text) };
  return Buffer.from(JSON.stringify({ manifest: text, by } satisfies z.infer<typeof signedShape>));
}

/** How far a copy's origin is proven: by the keys at hand; there were none to look with; or it was taken without keys. */
export type Origin = "proven" | "not_looked_at" | "unsigned";

/** Refused where the signature is not this portal's. */
export function readManifest(bytes: Buffer, keys: Keyring | null): { manifest: Manifest; origin: Origin } {
  const signed = shaped(signedShape, bytes);
  const manifest = shaped(manifestShape, Buffer.from(signed.manifest));
  if (signed.by === null) return { manifest, origin: "unsigned" };
  if (keys === null) return { manifest, origin: "not_looked_at" };
  const key = keys.audit.keys[signed.by.keyId];
  if (!key)
    throw new BackupRefused(`The copy was signed with the audit key "${signed.by.keyId}", which is not among the keys`);
  const right = Buffer.from(macOf(key, signed.manifest));
  const found = Buffer.from(signed.by.mac);
  if (right.length !== found.length || !timingSafeEqual(right, found))
    throw new BackupRefused("The copy was not taken by this portal: its signature is another's");
  return { manifest, origin: "proven" };
}

/** Refused where a newer release wrote it in a way this one does not read. */
export function readBeginning(bytes: Buffer): Beginning {
  const { format, release } = shaped(beginningShape.pick({ format: true, release: true }), bytes);
  if (format > FORMAT)
    throw new BackupRefused(`The copy was taken by a newer release (${release}): restore it with that`);
  return shaped(beginningShape, bytes);
}

function shaped<T>(shape: z.ZodType<T>, bytes: Buffer): T {
  try {
    return shape.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw new BackupRefused("This is no copy that kunci backup took");
  }
}
