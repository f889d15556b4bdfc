// Plain JavaScript that the oldest supported Node can read: it may be the machine's own that starts this.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const NEEDED = 24;

/** Whether the Node at work is one that everything else is written for. */
export const isEnough = Number(process.versions.node.split(".")[0]) >= NEEDED;

/**
 * Runs these arguments under the Node that `npm ci` brought, with it first in PATH, and ends as they end. npm puts that Node
 * first in PATH itself, but npm 10 takes its link away again where it skips the builds for other platforms, since those name
 * the same command.
 */
export function runUnderPinnedNode(args) {
  const node = pinnedNode();
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(node, args, { stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

function pinnedNode() {
  if (isEnough) return process.execPath;
  const brought = path.resolve(`node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (fs.existsSync(brought)) return brought;
  process.stderr.write(
    `Portal ini memerlukan Node ${NEEDED} atau lebih baharu; yang dijumpai ialah ${process.versions.node}. Jalankan "npm ci" (tanpa --omit=optional), atau pasang Node ${NEEDED}.\n` +
      `This portal needs Node ${NEEDED} or later; found ${process.versions.node}. Run "npm ci" (without --omit=optional), or install Node ${NEEDED}.\n`,
  );
  process.exit(1);
}
