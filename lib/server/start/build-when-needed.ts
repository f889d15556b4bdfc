import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { FolderInUse, lockFolder } from "#db/embedded/folder-lock.ts";
import { actionNamesSalt } from "./actions-key.ts";
import { fingerprint } from "./fingerprint.ts";
import { StartRefused } from "./start-refused.ts";

const STAMP = ".next/kunci-sources";
const LOCK = "node_modules/.cache/kunci-build";
const ASKED_AGAIN_MS = 500;

/** Builds where there is no build, or it was made of other sources. Of two starts at once, one builds and the other waits. Answers whether it built. */
export async function buildWhenNeeded(say: (line: string) => void): Promise<boolean> {
  const wanted = fingerprint();
  if (isBuilt(wanted)) return false;
  fs.mkdirSync(LOCK, { recursive: true });
  for (;;) {
    try {
      const lock = lockFolder(path.resolve(LOCK));
      try {
        if (isBuilt(wanted)) return false;
        await build(say);
        fs.writeFileSync(STAMP, wanted);
        return true;
      } finally {
        lock.release();
      }
    } catch (fault) {
      if (!(fault instanceof FolderInUse)) throw fault;
      await new Promise((done) => setTimeout(done, ASKED_AGAIN_MS));
    }
  }
}

const isBuilt = (wanted: string): boolean =>
  fs.existsSync(".next/BUILD_ID") && fs.existsSync(STAMP) && fs.readFileSync(STAMP, "utf8") === wanted;

async function build(say: (line: string) => void): Promise<void> {
  say("Membina portal, lebih kurang setengah minit … / Building the portal, half a minute or so …");
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: actionNamesSalt,
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  const status = await new Promise<number | null>((done, failed) => child.on("error", failed).on("close", done));
  if (status !== 0) throw new StartRefused(["the build failed:", ...said.trimEnd().split("\n")]);
}

if (import.meta.main) {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await buildWhenNeeded(say).then(
    (built) => say(built ? "Built." : "The build is up to date."),
    (fault: Error) => {
      process.stderr.write(`${fault.message}\n`);
      process.exitCode = 1;
    },
  );
}
