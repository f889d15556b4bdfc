import fs from "node:fs";
import type { Readable } from "node:stream";
import { openArchive, readIdentities } from "#lib/server/backup/archive/envelope.ts";
import { BackupRefused } from "#lib/server/backup/backup-refused.ts";

/** Opens a copy ("-": from the standard input) with the identities of a file. Refused where either cannot be read. */
export async function openCopy(file: string, identityFile: string): Promise<AsyncIterable<Buffer>> {
  const identities = readIdentities(
    await fs.promises.readFile(identityFile, "utf8").catch((fault: NodeJS.ErrnoException) => {
      throw new BackupRefused(`The file of --identity cannot be read (${fault.code})`);
    }),
  );
  return openArchive(file === "-" ? process.stdin : await reading(file), identities);
}

async function reading(file: string): Promise<Readable> {
  const opened = await fs.promises.open(file).catch((fault: NodeJS.ErrnoException) => {
    throw new BackupRefused(`The copy cannot be read (${fault.code})`);
  });
  return opened.createReadStream({ highWaterMark: 256 * 1024 });
}
