import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Who holds a folder: a process and the moment it began, since numbers of processes come round again. */
type Holder = { pid: number; began: string };

export type FolderLock = { release: () => void };

/** When a process began, in the system's own words; undefined where there is none of that number. */
function began(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // Field 22 of proc(5), counted here from the third; a zombie holds nothing any more.
      return fields[0] === "Z" ? undefined : fields[19];
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function read(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text: string | undefined): Holder | undefined {
  try {
    return JSON.parse(text ?? "") as Holder;
  } catch {
    return undefined;
  }
}

/** The live process that holds the folder, if any. */
export function holderOf(folder: string): number | undefined {
  const holder = parse(read(lockFile(folder)));
  return holder && began(holder.pid) === holder.began ? holder.pid : undefined;
}

const lockFile = (folder: string): string => path.join(folder, "in-use.json");

/**
 * Takes the folder for this process, until `release` or its end, however sudden. A lock left by a process that is gone is
 * taken over. Throws, naming the process, where another one holds it; this one holding it twice counts as another.
 */
export function lockFolder(folder: string): FolderLock {
  const file = lockFile(folder);
  const mine = JSON.stringify({ pid: process.pid, began: began(process.pid) } satisfies {
    pid: number;
    began: string | undefined;
  });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, mine, { mode: 0o644 });
  try {
    for (let tries = 0; tries < 5; tries++) {
      try {
        // A link appears whole or not at all, and never over another.
        fs.linkSync(draft, file);
        return {
          release: () => {
            if (read(file) === mine) fs.rmSync(file, { force: true });
          },
        };
      } catch (fault) {
        if ((fault as NodeJS.ErrnoException).code !== "EEXIST") throw fault;
      }
      const holder = holderOf(folder);
      if (holder !== undefined) throw new FolderInUse(folder, holder);
      setAsideStale(file);
    }
    throw new FolderInUse(folder, undefined);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Moves a dead holder's lock away. Of two who try, one may have moved the other's fresh lock: then it goes back. */
function setAsideStale(file: string): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    fs.renameSync(file, aside);
    const holder = parse(read(aside));
    if (holder && began(holder.pid) === holder.began) fs.linkSync(aside, file);
  } catch {
    // Somebody else was quicker; the next turn of the loop looks again.
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

export class FolderInUse extends Error {
  constructor(folder: string, pid: number | undefined) {
    const who = pid === undefined ? "" : ` (process ${pid})`;
    super(
      `${folder} is in use by another start of the portal${who}. Stop that one first, or set KUNCI_DATA_DIR to a folder of its own. / ` +
        `${folder} sedang digunakan oleh portal yang lain${who}. Hentikannya dahulu, atau tetapkan KUNCI_DATA_DIR kepada folder lain.`,
    );
    this.name = "FolderInUse";
  }
}
