import { createHash, type Hash } from "node:crypto";
import type { Keyring } from "#lib/kernel/keyring.ts";
import { readTar } from "./archive/read-tar.ts";
import { BackupRefused } from "./backup-refused.ts";
import { type Beginning, type Manifest, type Origin, readBeginning, readManifest, sha256 } from "./manifest.ts";

/** No file of a copy is larger: pieces have one megabyte, and the list of tables some kilobytes. */
const LARGEST = 8 * 1024 * 1024;

export type CopyReader = {
  /** Before any rows. What it throws, reading throws. */
  begin: (beginning: Beginning) => Promise<void>;
  /** A table's rows, or `jobs`: the next piece of what COPY wrote. */
  piece: (content: string, bytes: Buffer) => Promise<void>;
};

export type Read = { beginning: Beginning; manifest: Manifest; origin: Origin };

/**
 * Reads a decrypted copy through to its end, handing on what it holds. Refused where it was cut off or altered, does not hold what its
 * manifest says, or was signed by another portal: nothing that was handed on may count before this has answered.
 */
export async function readBackup(
  archive: AsyncIterable<Buffer>,
  keys: Keyring | null,
  reader: CopyReader,
): Promise<Read> {
  const files = readTar(archive, LARGEST);
  const first = await nextOf(files);
  if (first?.name !== "kunci.json") throw new BackupRefused("This is no copy that kunci backup took");
  const beginning = readBeginning(first.body);
  await reader.begin(beginning);
  const digests = new Map<string, { hash: Hash }>();
  for (;;) {
    const file = await nextOf(files);
    if (!file) throw altered();
    if (file.name === "manifest.json") {
      if (await nextOf(files)) throw altered();
      const read = readManifest(file.body, keys);
      compare(read.manifest, sha256(first.body), digests);
      // Anybody can write that a copy is signed: who goes by its first file is told that it is not.
      if (beginning.signed !== (read.origin !== "unsigned")) throw altered();
      return { beginning, ...read };
    }
    const content = /^(?:tables\/)?([a-z_0-9]+)\/\d{6}$/.exec(file.name)?.[1];
    if (content === undefined) throw altered();
    const seen = digests.get(content) ?? { hash: createHash("sha256") };
    digests.set(content, seen);
    seen.hash.update(file.body);
    await reader.piece(content, file.body);
  }
}

const altered = () => new BackupRefused("The copy was cut off or altered: nothing of it may be trusted");

/** Whatever takes the envelope apart fails by, the reason is one. */
async function nextOf(files: ReturnType<typeof readTar>) {
  try {
    const next = await files.next();
    return next.done ? null : next.value;
  } catch {
    throw altered();
  }
}

function compare(manifest: Manifest, beginning: string, digests: ReadonlyMap<string, { hash: Hash }>): void {
  const empty = sha256(Buffer.alloc(0));
  const isAsSaid = Object.entries(manifest.contents).every(
    ([name, { sha256: said }]) => (digests.get(name)?.hash.copy().digest("hex") ?? empty) === said,
  );
  const isAll = [...digests.keys()].every((name) => Object.hasOwn(manifest.contents, name));
  if (manifest.beginning !== beginning || !isAsSaid || !isAll) throw altered();
}
