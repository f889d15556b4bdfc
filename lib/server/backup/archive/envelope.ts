import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { constants, createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { BackupRefused } from "../backup-refused.ts";

/** Refused with the one that is none: `age1…`, as `age-keygen` prints it. */
export function readRecipients(list: string): Encrypter {
  const encrypter = new Encrypter();
  const recipients = list.split(",").map((text) => text.trim());
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new BackupRefused(
        recipient.startsWith("AGE-SECRET-KEY-")
          ? "That is the identity, which opens copies and belongs elsewhere: give its public half, age1…, to --to"
          : `"${recipient}" is no public key of age (age1…)`,
      );
    }
  }
  return encrypter;
}

/** The identities of a file as `age-keygen` writes it: a line each, behind comments. */
export function readIdentities(text: string): Decrypter {
  const decrypter = new Decrypter();
  const lines = text.split("\n").map((line) => line.trim());
  const identities = lines.filter((line) => line !== "" && !line.startsWith("#"));
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw new BackupRefused("The file of --identity holds something that is no identity of age (AGE-SECRET-KEY-…)");
  }
  if (identities.length === 0) throw new BackupRefused("The file of --identity holds no identity of age");
  return decrypter;
}

/** A new identity, and the public key that belongs to it. */
export async function makeIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/**
 * Compresses and encrypts (the age format, version 1), as quickly as it is read. `age -d -i KEYFILE FILE | tar xz` opens it too.
 */
export async function sealArchive(archive: AsyncIterable<Buffer>, to: Encrypter): Promise<Readable> {
  // Between level 1 and 6 lie a fiftieth of the size and a third of the time.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  // A fault of either end breaks the other off; whoever reads it is told by the stream.
  pipeline(Readable.from(archive, { objectMode: false }), gzip).catch((fault: Error) => gzip.destroy(fault));
  const sealed = await to.encrypt(
    Readable.toWeb(gzip) as Parameters<Encrypter["encrypt"]>[0] & globalThis.ReadableStream,
  );
  return Readable.fromWeb(sealed as unknown as ReadableStream);
}

/**
 * What `sealArchive` sealed, as it is read. Refused where none of the identities opens it, or it is no such file; rejects on the way
 * where it was cut off or altered.
 */
export async function openArchive(file: Readable, by: Decrypter): Promise<AsyncIterable<Buffer>> {
  const plain = await by
    .decrypt(Readable.toWeb(file) as Parameters<Encrypter["encrypt"]>[0] & globalThis.ReadableStream)
    .catch((fault: Error) => {
      file.destroy();
      throw new BackupRefused(
        fault.message.includes("no identity matched")
          ? "The copy is not for this identity: it was encrypted to others"
          : "This is no copy that kunci backup took, or its beginning was altered",
      );
    });
  const gunzip = createGunzip();
  pipeline(Readable.fromWeb(plain as unknown as ReadableStream), gunzip).catch((fault: Error) => gunzip.destroy(fault));
  return gunzip as AsyncIterable<Buffer>;
}
