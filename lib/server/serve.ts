import { randomBytes } from "node:crypto";
import type { RequestListener, Server } from "node:http";
import { BlockList } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as after } from "node:timers/promises";
import { startEmbedded } from "#db/embedded.ts";
import { APPEARANCE_COOKIE } from "#lib/kernel/appearance.ts";
import { addNetwork } from "#lib/kernel/networks.ts";
import { seconds } from "#lib/kernel/time.ts";
import { numberAlone } from "#lib/sign-in/current-ceremony.ts";
import { LANGUAGE_COOKIE } from "#lib/text/languages.ts";
import { editionAt } from "./chosen/in-force.ts";
import { portalNow } from "./clock/follow-clock.ts";
import { agencyNow, type Config, settle } from "./config.ts";
import { createRequestCounter, SYSTEMS_LIMIT } from "./front/count-requests.ts";
import { createFront } from "./front/create-front.ts";
import { type KeptPagesSettings, keepPages } from "./front/kept/keep-pages.ts";
import { createAdmission } from "./front/overload/admit-requests.ts";
import { feelPressure } from "./front/overload/feel-pressure.ts";
import { metNoDatabase } from "./health/database-refusals.ts";
import { captureConsole, log, type PlainFault, plainFault } from "./log.ts";
import { answerMetrics } from "./metrics/answer-metrics.ts";
import { openMetrics } from "./metrics/open-metrics.ts";
import { watchRequests } from "./metrics/watch-requests.ts";
import { portal } from "./portal.ts";
import { systemContext } from "./request/base-context.ts";
import { cookieNameOn } from "./request/cookie-names.ts";
import { runtime } from "./runtime.ts";
import { announcement } from "./start/announce.ts";
import { buildWhenNeeded } from "./start/build-when-needed.ts";
import { listen, stopListening } from "./start/listen.ts";
import { type Application, loadNext, openApplication } from "./start/open-application.ts";
import { settleConfig } from "./start/settle-config.ts";
import { StartRefused } from "./start/start-refused.ts";
import { stopInOrder } from "./start/stop-in-order.ts";
import { traceRequests } from "./traces/trace-requests.ts";
import { takeTracing, tracing } from "./traces/tracing.ts";

/** Open requests have this long to finish when the portal is told to stop. */
const FINISH_WITHIN = seconds(10);
/** What is left of the traces is handed over meanwhile, if the collector takes it. */
const TRACES_WITHIN = seconds(3);
/**
 * npm passes Ctrl-C on although the terminal has sent it already: a second one within this many ms is the same press.
 */
const SAME_PRESS = 800;

const isDevelopment = process.argv.includes("--dev");
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const begun = stopInOrder();

/**
 * The one entry, in development and production alike: configuration, port, build, database, Next.js with the portal in
 * it.
 */
async function serve(): Promise<void> {
  const wanted = settleConfig();
  (process.env as Record<string, string>).NODE_ENV = isDevelopment ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  // Where Next.js fetches the page that an action leads to: here, never by way of the outside.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${wanted.port}`;

  // The port next: whoever has it is told of before a database starts. Requests wait until the application is there.
  const application = Promise.withResolvers<Application>();
  const servers = await listen(waitingFront(wanted, application.promise), wanted.hosts, wanted.port);
  begun.add(() => stopListening(servers, FINISH_WITHIN));

  if (!isDevelopment) await buildWhenNeeded(say);
  const [settled, next] = await Promise.all([withDatabase(wanted), loadNext()]);
  if (!isDevelopment) captureConsole(log());
  if (wanted.databaseUrl === null) await withExamples(settled);
  if (settled.traces) await withTracing(settled, settled.traces);
  const opened = await openApplication(settled, isDevelopment, next);
  application.resolve(opened);
  stopBefore(servers, opened);
  if (isDevelopment) for (const server of servers) takeUpgrades(server, settled, opened);
  if (settled.mode === "demo") say(announcement(settled, runtime.examples?.origin));
  log().info({ origin: settled.origin, port: settled.port, version: settled.version, mode: settled.mode }, "listening");
}

/** The embedded database, where no other is configured; it stops last. */
async function withDatabase(wanted: Config): Promise<Config> {
  if (wanted.databaseUrl !== null) return wanted;
  const embedded = await startEmbedded(wanted.dataDir).catch((fault: Error) => {
    throw new StartRefused([fault.message]);
  });
  begun.add(embedded.stop);
  return settle({ ...wanted, databaseUrl: embedded.appUrl, ownerUrl: embedded.ownerUrl });
}

/** The example systems of a demonstration with a database of its own; the application registers them as it opens. */
async function withExamples({ origin, port }: Config): Promise<void> {
  const { serveExamples } = await import("./demo/example-systems/serve-examples.ts");
  const examples = await serveExamples({ origin, port }, () => runtime.examples?.clients ?? {}, port + 1);
  runtime.examples = { origin: examples.origin };
  begun.add(examples.close);
}

/** Loaded where it is wanted alone: some 40 ms and 12 MB. It stops after what is traced. */
async function withTracing({ version }: Config, traces: NonNullable<Config["traces"]>): Promise<void> {
  const { openTracing } = await import("./traces/open-tracing.ts");
  const opened = openTracing({ traces, version }, (err) => log().warn({ err }, "traces could not be handed over"));
  takeTracing(opened);
  begun.add(() => Promise.race([opened.stop(), after(TRACES_WITHIN, undefined, { ref: false })]));
}

/** From now on: no new requests, then the jobs and the pool, then Next.js, then the database. */
function stopBefore(servers: readonly Server[], opened: Application): void {
  begun.add(opened.close);
  begun.add(() => runtime.stop?.());
  begun.add(() => stopListening(servers, FINISH_WITHIN));
}

/** The front before the application. A request that comes while the portal starts waits for both. */
function waitingFront(wanted: Config, application: Promise<Application>): RequestListener {
  const trusted = new BlockList();
  for (const network of wanted.trustedProxies) addNetwork(trusted, network);
  const tally = () => runtime.tally;
  const counter = createRequestCounter({ now: milliseconds, tally });
  const systemsCounter = createRequestCounter({ now: milliseconds, tally, limit: SYSTEMS_LIMIT, kind: "systems " });
  const settings = {
    origin: wanted.origin,
    mode: wanted.mode,
    agency: agencyNow,
    development: isDevelopment,
    trusted,
    googleOrigin: wanted.google && new URL(wanted.google.issuer).origin,
    counter,
    systemsCounter,
  };
  const counted = openMetrics(wanted);
  begun.add(counted.stop);
  const innerSecret = randomBytes(24).toString("base64url");
  const front = application.then((opened) => {
    const pages = isDevelopment ? null : keepPages(opened.handle, pagesFor(wanted));
    const traces = traceRequests(tracing(), { nameRoute: opened.nameRoute, trusted, innerSecret });
    const answer = createFront(pages?.answer ?? opened.handle, {
      ...settings,
      // In development a page is compiled when it is asked for, and nobody is there to be put off.
      ...(pages && { ...admissionFor(wanted), isKept: pages.holds }),
      innerSecret,
      log: (line) => log().info(line, "request"),
      fault: (err, line) => log().error({ err, ...line }, "the front failed"),
      isRouterState: opened.isRouterState,
      knowsAction: opened.knowsAction,
      isPage: opened.isPage,
      isBuildFile: opened.isBuildFile,
      // Looked up anew each time: it is made anew when its keys change.
      oidc: (req, res) => runtime.oidc?.(req, res),
      metNoDatabase,
      metrics: answerMetrics(counted.metrics, wanted.metricsToken, trusted, wanted.origin),
      watch: watchRequests(counted.metrics, opened.nameRoute, traces.ended),
    });
    return traces.around(answer);
  });
  return (req, res) => void front.then((answer) => answer(req, res));
}

/** What lets requests in, by how this process does. */
function admissionFor({ origin }: Config) {
  const admission = createAdmission({ now: Date.now });
  begun.add(feelPressure(admission.feel));
  runtime.admission = admission.figures;
  return {
    admission,
    urgencyCookies: { session: cookieNameOn(origin, "session"), method: cookieNameOn(origin, "method") },
  };
}

/** By the clock that all instances share: sums of requests are kept by windows of it. */
const milliseconds = (): number => portalNow().getTime();

const pagesFor = ({ origin }: Config): KeptPagesSettings => ({
  now: milliseconds,
  edition: () => editionAt(portalNow()),
  cookies: {
    language: LANGUAGE_COOKIE,
    appearance: APPEARANCE_COOKIE,
    session: cookieNameOn(origin, "session"),
    method: cookieNameOn(origin, "method"),
    "sign-in": cookieNameOn(origin, "sign-in"),
    device: cookieNameOn(origin, "device"),
  },
  numberShown: ({ ceremonyToken, deviceToken }) => {
    const ctx = systemContext(portal());
    return numberAlone({ ...ctx, request: { ...ctx.request, deviceToken } }, ceremonyToken);
  },
});

/**
 * Development talks to its browser over a socket; nobody else's page may. In production nothing listens for upgrades,
 * and Node hands such a request on as any other: the front counts and answers it (RFC 9110 §7.8 lets a server ignore
 * the wish).
 */
function takeUpgrades(server: Server, { origin }: Config, opened: Application): void {
  const sockets = new Set<Duplex>();
  server.on("upgrade", (req, socket, head) => {
    if (req.headers.origin !== origin) return void socket.destroy();
    sockets.add(socket.on("close", () => sockets.delete(socket)));
    opened.upgrade(req, socket, head);
  });
  begun.add(() => {
    for (const socket of sockets) socket.destroy();
  });
}

/** Ends in order on the first signal, at once on a second one: the database is then adopted by the next start. */
function endOnSignals(): void {
  let first: number | undefined;
  const end = (): void => {
    if (first === undefined) {
      first = performance.now();
      void begun.undo().then(() => process.exit(0));
    } else if (performance.now() - first > SAME_PRESS) process.exit(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
}

async function giveUp(fault: unknown): Promise<never> {
  const lines = fault instanceof StartRefused ? fault.lines : inLines(plainFault(fault));
  process.stderr.write(lines.map((line) => `kunci: ${line}\n`).join(""));
  await begun.undo();
  process.exit(1);
}

/** A fault that nobody foresaw, with where it came from. */
function inLines({ name, message, stack, cause }: PlainFault): string[] {
  return [`${name}: ${message}`, ...(stack?.split("\n") ?? []), ...(cause ? inLines(cause) : [])];
}

endOnSignals();
process.on("uncaughtException", (fault) => {
  log().fatal({ err: fault }, "the portal ends");
  void begun.undo().then(() => process.exit(1));
});
await serve().catch(giveUp);
