import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BackupRefused } from "./backup-refused.ts";

/**
 * Writes a stream to a file of mode 0600 that is there only once it is whole and on the disk: until then it is FILE.PID.part beside it,
 * which goes away with whoever breaks it off. Refused where the file is there already, also where somebody else made it meanwhile.
 * Answers how many bytes.
 */
export async function writeWhole(file: string, source: Readable): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  const opened = await openNew(draft).catch((fault: NodeJS.ErrnoException) => {
    source.destroy();
    throw new BackupRefused(`${draft} cannot be written (${fault.code})`);
  });
  const breakOff = (): void => void source.destroy(new BackupRefused("Broken off: nothing was kept"));
  for (const signal of BREAKS_OFF) process.once(signal, breakOff);
  try {
    await pipeline(source, opened.createWriteStream({ flush: true }));
    const { size } = fs.statSync(draft);
    putInPlace(draft, file);
    return size;
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === "EEXIST") throw isThere(file);
    if (code !== undefined && DISK.has(code)) throw new BackupRefused(`${file} cannot be written (${code})`);
    throw fault;
  } finally {
    fs.rmSync(draft, { force: true });
    for (const signal of BREAKS_OFF) process.off(signal, breakOff);
  }
}

/** Never through what lies there under its name: in a folder of many it may lead to another file, or let its owner read along. */
const openNew = (draft: string) => fs.promises.open(draft, "wx", 0o600);

const BREAKS_OFF = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const DISK = new Set(["ENOSPC", "EDQUOT", "EACCES", "EROFS", "ENOENT", "ENOTDIR", "EIO", "EPERM"]);

/** Known before anything is begun for it. */
export function mustBeFree(file: string): void {
  if (fs.existsSync(file)) throw isThere(file);
  const folder = path.dirname(path.resolve(file));
  if (!fs.existsSync(folder))
    throw new BackupRefused(`The folder ${folder} is not there. Run: mkdir -m 700 -p ${folder}`);
}

const isThere = (file: string) => new BackupRefused(`${file} is there already, and nothing is written over`);

/** By a second name, which never takes the place of a file as renaming does; where the disk knows no second names, by renaming. */
function putInPlace(draft: string, file: string): void {
  try {
    fs.linkSync(draft, file);
  } catch (fault) {
    if (!["EPERM", "ENOTSUP", "ENOSYS", "EMLINK"].includes((fault as NodeJS.ErrnoException).code ?? "")) throw fault;
    if (fs.existsSync(file)) throw Object.assign(new Error("there"), { code: "EEXIST" });
    fs.renameSync(draft, file);
  }
  const folder = fs.openSync(path.dirname(file), "r");
  fs.fsyncSync(folder);
  fs.closeSync(folder);
}

/** Refused where it would fill somebody's screen. Answers how many bytes. */
export async function toStandardOutput(source: Readable): Promise<number> {
  if (process.stdout.isTTY) {
    source.destroy();
    throw new BackupRefused("A copy is nothing to look at: send the standard output somewhere");
  }
  let bytes = 0;
  source.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  await pipeline(source, process.stdout);
  return bytes;
}
