// `npm test`: everything, in the order in which it is cheapest to fail. The last line is `N passed, N failed`.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findChromium, hasWindows, installChromium, installShell } from "./harness/chromium.ts";
import { type Count, countJourneys, countRules, none, sum } from "./harness/counts.ts";
import { installJudges, whyNoJudges } from "./harness/judges.ts";
import { installNginx, whyNoNginx } from "./topology/nginx.ts";

const REPORTS = "test-results";
const bin = path.resolve("node_modules/.bin");
const started = performance.now();

fs.rmSync(REPORTS, { recursive: true, force: true });
fs.mkdirSync(REPORTS);

const results: { name: string; count: Count }[] = [];

/** Runs a program with its output on the terminal. Answers whether it was content. */
function run(name: string, command: string, args: string[]): boolean {
  console.log(`\n── ${name}: ${command} ${args.join(" ")}`);
  const { status, error } = spawnSync(command === "node" ? process.execPath : path.join(bin, command), args, {
    stdio: "inherit",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (error) console.error(error.message);
  return status === 0;
}

/** A check that is content or not, and counts as one. */
function check(name: string, ...commands: [command: string, args: string[]][]): boolean {
  const content = commands.every(([command, args]) => run(name, command, args));
  results.push({ name, count: content ? { passed: 1, failed: 0, names: [] } : { passed: 0, failed: 1, names: [] } });
  return content;
}

/** A runner of many tests, counted by its report. One that broke down without a failed test counts as one failure. */
function suite(name: string, command: string, args: string[], report: string, read: (report: string) => Count): void {
  const content = run(name, command, args);
  const count = fs.existsSync(report) ? read(fs.readFileSync(report, "utf8")) : none;
  results.push({ name, count: content || count.failed > 0 ? count : { ...count, failed: 1 } });
}

/** Finds a browser for the journeys, or installs one. */
function haveBrowser(): boolean {
  try {
    if (hasWindows(findChromium() ?? installChromium())) installShell();
    console.log(`\n── browser: ${findChromium()}`);
    return true;
  } catch (fault) {
    console.error((fault as Error).message);
    results.push({ name: "browser", count: { passed: 0, failed: 1, names: [] } });
    return false;
  }
}

/** oathtool and zbarimg, for the journeys that hold the portal's codes against theirs. */
function haveJudges(): true {
  installJudges();
  console.log(`\n── judges: ${whyNoJudges() ?? "oathtool and zbarimg are here"}`);
  return true;
}

/** nginx, for the journeys in production mode. Without it they are left out, which is said. */
function haveNginx(): boolean {
  installNginx();
  const missing = whyNoNginx();
  console.log(`\n── nginx: ${missing ? `no journeys in production mode: ${missing}` : "is here"}`);
  return missing === undefined;
}

check("types", ["next", ["typegen"]], ["tsc", ["--noEmit"]]);
check("lint", ["biome", ["check", "."]]);
check("lockfile", ["node", [".ci/complete-lockfile.mjs", "--check"]]);
const rules = `${REPORTS}/rules.json`;
suite(
  "rules",
  "vitest",
  ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${rules}`],
  rules,
  countRules,
);
const journeys = `${REPORTS}/journeys.json`;
const production = `${REPORTS}/production.json`;
// As a start builds, which then knows the build again and makes no other.
if (check("build", ["node", ["lib/server/start/build-when-needed.ts"]]) && haveBrowser() && haveJudges()) {
  suite("journeys", "playwright", ["test"], journeys, countJourneys);
  if (haveNginx())
    suite(
      "production",
      "playwright",
      ["test", "--config", "playwright.production.config.ts", "e2e/production.spec.ts"],
      production,
      countJourneys,
    );
}

console.log("");
for (const { name, count } of results) console.log(`${name.padEnd(10)} ${count.passed} passed, ${count.failed} failed`);
console.log(`${((performance.now() - started) / 60_000).toFixed(1)} minutes`);
const total = sum(results.map(({ count }) => count));
for (const name of total.names) console.log(`failed: ${name.replace(`${process.cwd()}/`, "")}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
