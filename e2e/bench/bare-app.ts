import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { bareEnvironment, freePort, startArguments } from "../harness/portal.ts";
import { say } from "./report.ts";

const FOLDER = path.resolve(".bench/bare");
const next = path.resolve("node_modules/next/dist/bin/next");

/** An empty dynamic page, and nothing else: what any app of this Next.js costs before it does anything. */
const files: Record<string, string> = {
  "package.json": '{ "name": "bare", "private": true }\n',
  "next.config.mjs": `export default { turbopack: { root: ${JSON.stringify(process.cwd())} }, poweredByHeader: false };\n`,
  // Its own, or Next.js would take the portal's, which lies at the root it shares.
  "instrumentation.js": "export function register() {}\n",
  "app/layout.jsx":
    'export default function Layout({ children }) {\n  return <html lang="ms"><body>{children}</body></html>;\n}\n',
  "app/page.jsx":
    'export const dynamic = "force-dynamic";\nexport default function Page() {\n  return <p>Kosong</p>;\n}\n',
};

export type BareApp = { origin: string; pid: number; readyAfter: number; stop: () => Promise<void> };

/** Writes the bare app and builds it, unless a build of this very Next.js lies there. */
export function buildBareApp(): void {
  const { version } = JSON.parse(fs.readFileSync("node_modules/next/package.json", "utf8")) as { version: string };
  const stamp = path.join(FOLDER, "built-with");
  const recipe = `${version}\n${JSON.stringify(files)}`;
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === recipe) return;
  fs.rmSync(FOLDER, { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(FOLDER, name)), { recursive: true });
    fs.writeFileSync(path.join(FOLDER, name), content);
  }
  say(`building a bare app of Next.js ${version}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, "build"], {
    cwd: FOLDER,
    env: environment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The bare app could not be built:\n${stdout}${stderr}`);
  fs.writeFileSync(stamp, recipe);
}

/** Starts it with the limits of memory that the portal is started with. */
export async function startBareApp(): Promise<BareApp> {
  buildBareApp();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const limits = startArguments().filter((word) => word.startsWith("--max-"));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...limits, next, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: FOLDER,
    env: environment(),
    stdio: "ignore",
  });
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  await untilAnswers(`${origin}/`, child);
  return {
    origin,
    pid: child.pid as number,
    readyAfter: performance.now() - startedAt,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Resolves with the first page: a 200 whose body was read. */
export async function untilAnswers(url: string, child: ChildProcess): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; ) {
    if (child.exitCode !== null) break;
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200 && (await answer.text()) !== "") return;
    await new Promise((done) => setTimeout(done, 5));
  }
  child.kill("SIGKILL");
  throw new Error(`${url} never answered`);
}

const environment = (): NodeJS.ProcessEnv => ({
  ...bareEnvironment(),
  NODE_ENV: "production",
  NEXT_TELEMETRY_DISABLED: "1",
});
