import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { assembleImage } from "../topology/assemble-image.ts";
import { startExamples } from "../topology/start-examples.ts";
import { startTopology } from "../topology/start-topology.ts";
import { inProduction } from "./in-production.ts";
import { tellingOf, toldIn } from "./people-in-log.ts";
import { startPortal } from "./portal.ts";

/**
 * One portal for all journeys of a run; each test comes from an address of its own, so limits do not meet. A demonstration,
 * or the topology of production.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const stop = await (inProduction ? production() : demonstration());
  const lookedAt = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-looked-at-"));
  process.env.KUNCI_E2E_LOOKED_AT = lookedAt;
  return async () => {
    await stop();
    fs.rmSync(lookedAt, { recursive: true });
  };
}

/** What it has logged by the end is looked through for everybody who was in it: the run fails where anybody is named. */
async function demonstration(): Promise<() => Promise<void>> {
  const token = randomBytes(24).toString("base64url");
  const portal = await startPortal({ env: { METRICS_TOKEN: token, LOG_LEVEL: "info" } });
  process.env.KUNCI_E2E_METRICS_TOKEN = token;
  process.env.KUNCI_E2E_ORIGIN = portal.origin;
  process.env.KUNCI_E2E_DATA_DIR = portal.dataDir;
  return async () => {
    const telling = await tellingOf(portal.dataDir).finally(portal.stop);
    const told = toldIn(portal.output(), telling);
    if (told.length > 0) throw new Error(`The log names people:\n${told.join("\n")}`);
  };
}

async function production(): Promise<() => Promise<void>> {
  // What the Dockerfile makes is what is tried.
  const image = assembleImage();
  const topology = await startTopology({ instances: [image, image] });
  const examples = await startExamples(topology);
  process.env.KUNCI_E2E_ORIGIN = topology.origin;
  process.env.KUNCI_E2E_DATA_DIR = topology.dataDir;
  process.env.KUNCI_E2E_MAILBOX = topology.mail.mailbox;
  // Workers start after this: their Node believes the authority, their browser this one key.
  process.env.NODE_EXTRA_CA_CERTS = topology.caFile;
  process.env.KUNCI_E2E_SPKI = topology.spki;
  return async () => {
    await examples.close();
    await topology.stop();
    image.remove();
  };
}
