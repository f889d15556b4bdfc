import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";

/** Chromium without what a person would see of it: the same engine for less than half of the work, as Playwright's own is. */
const SHELL = "chromium-headless-shell";

/** Where Debian, Ubuntu, Fedora and macOS keep theirs. */
const places = [
  `/usr/bin/${SHELL}`,
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
  const playwright = path.resolve("node_modules/@playwright/test/cli.js");
  run(process.execPath, [playwright, "install", ...(isRoot ? ["--with-deps"] : []), "chromium"]);
  if (!findChromium()) installShell();
  const found = findChromium();
  if (!found) throw new Error("No Chromium. Install Chrome or Chromium, or name one in CHROMIUM_PATH.");
  return found;
}

/** Debian's shell, where this machine is one and we may; a browser with windows does as well, and takes twice as long. */
export function installShell(): void {
  if (isRoot) run("sh", ["-c", `apt-get update -qq && apt-get install -y -qq ${SHELL}`]);
}

/** Whether the whole of it takes twice as long as it must. */
export const hasWindows = (browser: string): boolean => !process.env.CHROMIUM_PATH && !browser.includes("headless");

const isRoot = process.getuid?.() === 0;
const run = (command: string, args: string[]): boolean =>
  spawnSync(command, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }).status ===
  0;

/** Without these, Debian's build speaks to the network by itself, and does not start as root. */
export const chromiumFlags = [
  ...(isRoot ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
