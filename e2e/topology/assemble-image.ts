import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildIn } from "./as-operator.ts";
import type { InstanceWanted } from "./instance.ts";

/** The user of the Dockerfile. Only root can lend it; everybody else runs as themselves. */
const USER = 10_001;

export type Image = Required<Pick<InstanceWanted, "folder" | "node">> &
  Pick<InstanceWanted, "runAs"> & { remove: () => void };

/**
 * What the Dockerfile puts into the image, in a folder of its own: the same files by the same step, Node beside them, nothing
 * that the portal's user could write to.
 */
export function assembleImage(): Image {
  buildIn(process.cwd());
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-image-"));
  const [folder, node] = [path.join(home, "portal"), path.join(home, "node")];
  const { status, stderr } = spawnSync(process.execPath, [".ci/run-time-files.mjs", folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The image could not be assembled: ${stderr}`);
  fs.copyFileSync(process.execPath, node);
  const isRoot = process.getuid?.() === 0;
  // Root may write anywhere, whatever the modes; another user is kept out of root's folder by them alone.
  spawnSync("chmod", ["-R", "u=rX,go=rX", home]);
  return {
    folder,
    node,
    ...(isRoot ? { runAs: { uid: USER, gid: USER } } : {}),
    remove: () => {
      spawnSync("chmod", ["-R", "u+w", home]);
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}
