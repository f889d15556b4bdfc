// A process of its own that signs people in at a steady rate, as browsers without JavaScript do, and looks meanwhile how a
// page and a passkey fare. Reads one job of JSON from standard input (`LoadJob`), writes a line of JSON per outcome.
import { createPrivateKey } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { softwareAuthenticator } from "#lib/testing/software-authenticator.ts";
import { type Answer, BrowserWithoutScript } from "../../bench/browser-without-script.ts";
import type { LoadJob, Outcome, Phase } from "./phases.ts";

const { origin, ca, phases, clients, watchers } = JSON.parse(await text(process.stdin)) as LoadJob;
const isSecure = origin.startsWith("https:");
const agent = isSecure
  ? new https.Agent({ keepAlive: true, maxSockets: 600, ca })
  : new http.Agent({ keepAlive: true, maxSockets: 600 });
const SESSION = isSecure ? "__Host-kunci-session" : "kunci-session";
const LOOKED_EVERY = 1_000;
/** A person who is kept waiting longer has gone; so has what a proxy waits for. */
const GIVEN_UP_AFTER = 30_000;

class PutOff extends Error {}

const browsers = new Map<LoadJob["clients"][number], BrowserWithoutScript>();
function browserOf(client: LoadJob["clients"][number]): BrowserWithoutScript {
  const kept = browsers.get(client) ?? new BrowserWithoutScript(origin, client.address, agent);
  browsers.set(client, kept);
  return kept;
}

function expectPage(answer: Answer, path: string): Answer {
  if (answer.status === 503) throw new PutOff();
  if (answer.status !== 200 || answer.path.split("?", 1)[0] !== path)
    throw new Error(`${path} led to ${answer.path} (${answer.status})`);
  return answer;
}

async function signIn(client: LoadJob["clients"][number]): Promise<void> {
  const browser = browserOf(client);
  browser.cookies.delete(SESSION);
  const { identityNumber, password } = client;
  const asks = expectPage(await browser.open("/sign-in"), "/sign-in");
  const methods = expectPage(await browser.submitAndFollow(asks, { identityNumber }), "/sign-in/method");
  const page = expectPage(await browser.openDoor(methods, "/sign-in/password"), "/sign-in/password");
  expectPage(await browser.submitAndFollow(page, { password }), "/home");
}

async function signInByPasskey(client: LoadJob["watchers"][number]): Promise<void> {
  const browser = browserOf(client);
  browser.cookies.delete(SESSION);
  if (!client.passkey) throw new Error("A watcher has no passkey");
  const page = expectPage(await browser.open("/sign-in"), "/sign-in");
  const options = await browser.send("POST", "/api/passkey/options", {
    body: JSON.stringify({ purpose: "autofill" }),
    type: "application/json",
  });
  if (options.status === 503) throw new PutOff();
  if (options.status !== 200) throw new Error(`The options answered ${options.status}`);
  const held = {
    ...client.passkey,
    privateKey: createPrivateKey(client.passkey.privateKey),
    algorithm: -7 as const,
    counter: 0,
  };
  const credential = softwareAuthenticator({ origin }).get(JSON.parse(options.body), {}, held);
  expectPage(await browser.submitAndFollow(page, { credential }), "/home");
}

const began = performance.now();
const tell = (outcome: Outcome): void => void process.stdout.write(`${JSON.stringify(outcome)}\n`);

async function watch(what: Outcome["what"], phase: Phase, work: () => Promise<unknown>): Promise<void> {
  const from = performance.now();
  const end = (how: Outcome["how"], why?: string): void => {
    const ms = Math.round(performance.now() - from);
    tell({ what, phase: phase.name, at: Math.round(from - began), ms, how, ...(why !== undefined && { why }) });
  };
  const late = wait(GIVEN_UP_AFTER, "late", { ref: false });
  await Promise.race([work(), late]).then(
    (outcome) => (outcome === "late" ? end("failed", "no answer within 30 s") : end("done")),
    (fault: Error) => (fault instanceof PutOff ? end("put_off") : end("failed", fault.message.slice(0, 160))),
  );
}

const free = [...clients];
async function withSomebody(phase: Phase): Promise<void> {
  const client = free.shift();
  if (!client)
    return tell({
      what: "sign_in",
      phase: phase.name,
      at: Math.round(performance.now() - began),
      ms: 0,
      how: "unbegun",
    });
  await watch("sign_in", phase, () => signIn(client));
  free.push(client);
}

/** Begins the n-th at its time, whatever became of those before it; what is late is begun at once. */
async function steadily(every: number, until: number, begin: () => Promise<void>): Promise<void> {
  const [from, underWay] = [performance.now(), new Set<Promise<void>>()];
  for (let n = 0; from + n * every < until; n++) {
    await wait(Math.max(0, from + n * every - performance.now()));
    const one = begin().finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.all(underWay);
}

let looks = 0;
const underWay: Promise<void>[] = [];
for (const phase of phases) {
  const until = performance.now() + phase.seconds * 1_000;
  const visitor = new BrowserWithoutScript(origin, "10.99.0.1", agent);
  underWay.push(
    steadily(1_000 / phase.rate, until, () => withSomebody(phase)),
    steadily(LOOKED_EVERY, until, () => watch("page", phase, async () => expectPage(await visitor.open("/"), "/"))),
    steadily(LOOKED_EVERY, until, async () => {
      const watcher = watchers[looks++ % watchers.length];
      if (watcher) await watch("passkey", phase, () => signInByPasskey(watcher));
    }),
  );
  await wait(Math.max(0, until - performance.now()));
}
await Promise.all(underWay);
process.exit(0);
