import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

/** Where Debian, Ubuntu, Fedora and macOS keep theirs. */
const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** `CHROMIUM_PATH`, else Playwright's own, else the machine's; undefined where there is none. */
export function findChromium(): string | undefined {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) return wanted;
  return [chromium.executablePath(), ...places].find((place) => place !== "" && fs.existsSync(place));
}

/** Playwright's own build, or Debian's package where that download is not reachable. Rejects where neither can be had. */
export function installChromium(): string {
  const run = (command: string, args: string[]) =>
    spawnSync(command, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0;
  const isRoot = process.getuid?.() === 0;
  const playwright = path.resolve("node_modules/@playwright/test/cli.js");
  run(process.execPath, [playwright, "install", ...(isRoot ? ["--with-deps"] : []), "chromium"]);
  if (!findChromium() && isRoot) run("sh", ["-c", "apt-get update -qq && apt-get install -y -qq chromium"]);
  const found = findChromium();
  if (!found) throw new Error("No Chromium. Install Chrome or Chromium, or name one in CHROMIUM_PATH.");
  return found;
}

/** Without these, Debian's build speaks to the network by itself, and does not start as root. */
export const chromiumFlags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
