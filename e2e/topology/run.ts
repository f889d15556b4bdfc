// `npm run topology`: the portal in production mode, as compose.yaml describes it, on this machine and without containers.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { installNginx, whyNoNginx } from "./nginx.ts";
import { startTopology } from "./start-topology.ts";
import { writeSettings } from "./write-settings.ts";

/** What EMAIL_DOMAINS is where nobody sets it. */
const EXAMPLE_DOMAIN = "contoh.example.gov.my";
const LOOKED_FOR_MS = 500;

installNginx();
const missing = whyNoNginx();
if (missing) {
  console.error(missing);
  process.exit(1);
}
const instances = Number(process.argv[2] ?? 2);
if (!Number.isInteger(instances) || instances < 1 || instances > 8) {
  console.error("npm run topology -- [INSTANCES, 1 to 8]");
  process.exit(2);
}
console.log("Starting. Where the portal is not built yet that comes first, and takes some minutes on a busy machine …");
const metricsToken = randomBytes(32).toString("base64url");
const topology = await startTopology({ instances, env: { METRICS_TOKEN: metricsToken } });
const settingsFile = path.join(topology.dataDir, "env");
writeSettings(settingsFile, { ...topology.settings, DATABASE_OWNER_URL: topology.database.ownerUrl });
const logs = topology.instances.map(({ port, output }) => ({
  file: path.join(topology.dataDir, `kunci-${port}.log`),
  output,
  written: 0,
}));
console.log(`
  ${topology.origin}
  authority of its certificate  ${topology.caFile}
  instances                     ${topology.instances.map(({ origin, pid }) => `${origin} (${pid})`).join("  ")}
  their logs                    ${logs.map(({ file }) => file).join("  ")}
  letters                       ${topology.mail.mailbox}/mailbox.json
  database, as its owner        ${topology.database.ownerUrl}
  keys                          ${topology.keysFile}

  In another terminal, in this folder, the operator's commands on it (docs/operate.md):
  set -a; . ${settingsFile}; set +a
  npm run kunci -- doctor
  npm run kunci -- invite-admin --identity 900101140000 --name "NAMA PENUH" --email nama@${EXAMPLE_DOMAIN}
  curl -s -H "Authorization: Bearer $METRICS_TOKEN" ${topology.instances[0]?.origin}/api/metrics | grep kunci_ready

  Ctrl-C to stop
`);
let told = 0;
const looking = setInterval(() => {
  const kept = topology.mail.letters();
  for (const { to, subject } of kept.slice(0, kept.length - told).reverse())
    console.log(`  letter to ${to}: ${subject}`);
  told = kept.length;
  for (const log of logs) {
    const said = log.output();
    fs.appendFileSync(log.file, said.slice(log.written), { mode: 0o600 });
    log.written = said.length;
  }
}, LOOKED_FOR_MS);
let isEnding = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    clearInterval(looking);
    void topology.stop().then(() => process.exit(0));
  });
