import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

/** The configuration that compose.yaml mounts: what is tested here is what runs there, but for its addresses. */
export const NGINX_CONFIGURATION = "docs/deploy/nginx.conf";

const READY_WITHIN_MS = 10_000;

type Wanted = {
  folder: string;
  httpPort: number;
  httpsPort: number;
  /** Of the instances, on loopback. */
  ports: readonly number[];
  certificateFile: string;
  keyFile: string;
};

/** Why nginx cannot be started on this machine; undefined where it can. */
export function whyNoNginx(): string | undefined {
  const missing = ["nginx", "openssl"].filter((program) => !isHere(program));
  return missing.length > 0 ? `${missing.join(" and ")} not found (Debian: apt-get install nginx openssl)` : undefined;
}

/** Debian's packages, where this machine is one and we may; once. */
export function installNginx(): void {
  if (!whyNoNginx() || process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"], { stdio: "ignore" }).error)
    return;
  spawnSync("sh", ["-c", "apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light openssl"], {
    stdio: "inherit",
    timeout: 120_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

const isHere = (program: string): boolean =>
  !spawnSync(program, [program === "nginx" ? "-v" : "version"], { stdio: "ignore" }).error;

/** The shared configuration with the addresses of a run. Throws where a place to put one has gone from it. */
export function configurationOf({ folder, httpPort, httpsPort, ports, certificateFile, keyFile }: Wanted): string {
  let text = fs.readFileSync(NGINX_CONFIGURATION, "utf8");
  const put = (what: RegExp, instead: string, times: number) => {
    const found = text.match(new RegExp(what, "g"))?.length ?? 0;
    if (found !== times) throw new Error(`${NGINX_CONFIGURATION}: ${what} stands there ${found} times, not ${times}`);
    text = text.replaceAll(new RegExp(what, "g"), instead);
  };
  const [, behind = ""] = /server kunci-1:3000( [^;]*)?;/.exec(text) ?? [];
  put(/ *server kunci-2:3000[^;]*;\n/, "", 1);
  put(/server kunci-1:3000[^;]*;/, ports.map((port) => `server 127.0.0.1:${port}${behind};`).join("\n    "), 1);
  put(/listen 8443 /, `listen 127.0.0.1:${httpsPort} `, 1);
  put(/listen 8080 /, `listen 127.0.0.1:${httpPort} `, 1);
  put(/\/run\/secrets\/tls\.crt/, certificateFile, 1);
  put(/\/run\/secrets\/tls\.key/, keyFile, 1);
  put(/\/tmp\/nginx/, path.join(folder, "nginx"), 6);
  return text;
}

/** nginx as `compose.yaml` runs it, before these instances. */
export async function startNginx(
  wanted: Wanted,
): Promise<{ pid: number; said: () => string; stop: () => Promise<void> }> {
  const file = path.join(wanted.folder, "nginx.conf");
  fs.writeFileSync(file, configurationOf(wanted));
  // As root its workers would step down to a user who cannot reach root's own folder.
  const more = `daemon off;${process.getuid?.() === 0 ? " user root;" : ""}`;
  const child = spawn("nginx", ["-p", wanted.folder, "-e", "stderr", "-c", file, "-g", more], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  try {
    await untilListening(wanted.httpsPort, child);
  } catch (fault) {
    child.kill("SIGKILL");
    throw new Error(`nginx did not start: ${(fault as Error).message}\n${said}`);
  }
  return {
    pid: child.pid as number,
    said: () => said,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await connects(port)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("it does not listen");
}

const connects = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1", () => {
      done(true);
      socket.destroy();
    });
    socket.on("error", () => done(false));
  });
