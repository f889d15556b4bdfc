import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { actionNamesSalt } from "#lib/server/start/actions-key.ts";
import { bareEnvironment } from "../../harness/portal.ts";

const JOURNAL = "db/migrations/meta/_journal.json";

export type Release = { revision: string; folder: string; migrations: number };

const git = (...args: readonly string[]): string => execFileSync("git", args, { encoding: "utf8" }).trim();

const migrationsAt = (revision: string): number =>
  (JSON.parse(git("show", `${revision}:${JOURNAL}`)) as { entries: unknown[] }).entries.length;

/** The newest tag whose schema is behind this checkout's; without tags, the newest commit it is so of. */
export function revisionBefore(): string {
  const here = (JSON.parse(fs.readFileSync(JOURNAL, "utf8")) as { entries: unknown[] }).entries.length;
  const tags = git("tag", "--merged", "HEAD", "--sort=-creatordate").split("\n").filter(Boolean);
  const tagged = tags.find((tag) => migrationsAt(tag) < here);
  if (tagged !== undefined) return tagged;
  for (const commit of git("log", "--format=%H", "--", JOURNAL).split("\n"))
    if (migrationsAt(`${commit}^`) < here) return git("rev-parse", `${commit}^`);
  throw new Error("This repository has no revision with another schema");
}

/**
 * A revision of this repository in a folder of its own, built: kept there, so that the next drill finds it. It takes this
 * checkout's packages where its lockfile names no others, else it installs its own.
 */
export function prepareRelease(revision: string, say: (line: string) => void): Release {
  const commit = git("rev-parse", "--verify", `${revision}^{commit}`);
  const folder = path.join(os.tmpdir(), `kunci-release-${commit.slice(0, 12)}`);
  if (!fs.existsSync(path.join(folder, ".next/kunci-sources"))) {
    say(`Building ${commit.slice(0, 12)} in ${folder} …`);
    fs.mkdirSync(folder, { recursive: true });
    execFileSync("sh", ["-c", `git archive ${commit} | tar -x -C "$1"`, "sh", folder]);
    installPackages(folder);
    const { status, stdout, stderr } = spawnSync(process.execPath, ["lib/server/start/build-when-needed.ts"], {
      cwd: folder,
      encoding: "utf8",
      // Releases from before the names of actions were the same in each build take them from here.
      env: { ...bareEnvironment(), NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionNamesSalt },
    });
    if (status !== 0) throw new Error(`The build of ${commit} failed: ${stdout}${stderr}`);
  }
  return { revision: commit, folder, migrations: migrationsAt(commit) };
}

type Lockfile = { packages: Record<string, { version?: string }> };
const lockOf = (folder: string): Lockfile =>
  JSON.parse(fs.readFileSync(path.join(folder, "package-lock.json"), "utf8")) as Lockfile;

function installPackages(folder: string): void {
  const here = lockOf(".").packages;
  const asHere = Object.entries(lockOf(folder).packages).every(
    ([name, { version }]) => name === "" || here[name]?.version === version,
  );
  if (!asHere) return void execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "ignore" });
  // Links of the same files: a build follows no symbolic link out of its folder.
  execFileSync("cp", ["-al", path.resolve("node_modules"), path.join(folder, "node_modules")]);
  fs.rmSync(path.join(folder, "node_modules/.cache"), { recursive: true, force: true });
}
