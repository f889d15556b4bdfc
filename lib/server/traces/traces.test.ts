import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, BlockList } from "node:net";
import { afterEach, describe, expect, onTestFinished, test } from "vitest";
import { connect } from "#db/client.ts";
import { account } from "#db/schema/account.ts";
import { addNetwork } from "#lib/kernel/networks.ts";
import { seconds } from "#lib/kernel/time.ts";
import { notTaken } from "#lib/mail/transports/transport.ts";
import { frontAtWork } from "#lib/testing/front-at-work.ts";
import { scriptedTransport } from "#lib/testing/mail.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { createFront } from "../front/create-front.ts";
import { watchJob } from "../jobs/watch-job.ts";
import { createMetrics } from "../metrics/metrics.ts";
import { nameRoutes } from "../metrics/name-route.ts";
import { watchRequests } from "../metrics/watch-requests.ts";
import { openTracing } from "./open-tracing.ts";
import { traceLetters } from "./trace-letters.ts";
import { traceRequests } from "./trace-requests.ts";
import { traceStatements } from "./trace-statements.ts";
import { inSpan, takeTracing } from "./tracing.ts";

type Value = { stringValue?: string; intValue?: number | string };
type Told = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: Value }[];
  status: { code?: number };
};
type Sent = {
  resourceSpans: { resource: { attributes: { key: string; value: Value }[] }; scopeSpans: { spans: Told[] }[] }[];
};

afterEach(() => takeTracing(undefined));

/** A collector of the test's own, that takes OTLP over HTTP on a socket; and tracing that is given to it. */
async function collected(share = 1) {
  const bodies: string[] = [];
  const paths: string[] = [];
  const collector = createServer(async (req, res) => {
    paths.push(`${req.method} ${req.url}`);
    bodies.push(await textOf(req));
    res.setHeader("Content-Type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await once(collector, "listening");
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const warned: unknown[] = [];
  const tracing = openTracing({ traces: { endpoint, share }, version: "1.2.3" }, (fault) => warned.push(fault));
  takeTracing(tracing);
  onTestFinished(async () => {
    collector.closeAllConnections();
    await new Promise((done) => collector.close(done));
  });
  /** Every span, once tracing has ended. */
  const spans = async (): Promise<Told[]> => {
    await tracing.stop();
    return bodies.flatMap((body) =>
      (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  };
  return { tracing, spans, bodies, paths, warned };
}

async function textOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const facts = ({ attributes }: Told): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));
const named = (spans: readonly Told[], name: string): Told => {
  const found = spans.find((span) => span.name === name);
  if (!found) throw new Error(`No span ${name} among ${spans.map((span) => span.name).join(", ")}`);
  return found;
};

/** The front as serve.ts puts it together, before a handler that asks the database. */
async function traced(
  tracing: Parameters<typeof traceRequests>[0],
  trust: string | null,
  work: () => Promise<unknown>,
) {
  const trusted = new BlockList();
  if (trust) addNetwork(trusted, trust);
  const nameRoute = nameRoutes(["/", "/activate/[token]"], []);
  const requests = traceRequests(tracing, { nameRoute, trusted, innerSecret: "secret" });
  const lines: { request: string }[] = [];
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const front = createFront(
    async (_, res) => {
      await work();
      res.end("a page");
    },
    {
      mode: "production",
      origin,
      trusted,
      agency: { nameMs: "Contoh", nameEn: "Contoh", helpdeskPhone: "03" },
      counter: { count: () => null },
      log: (line) => lines.push(line),
      fault: () => undefined,
      innerSecret: "secret",
      watch: watchRequests(createMetrics(), nameRoute, requests.ended),
    },
  );
  server.on("request", requests.around(front));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    await (await fetch(origin + path, { headers })).text();
    await expect.poll(() => lines.length).toBeGreaterThan(0);
  };
  return { ask, lines };
}

/** As the application's, patched before its first connection. */
async function tracedDatabase() {
  const world = await newWorld();
  const db = connect(world.appUrl, { max: 2 });
  traceStatements(db.$client);
  onTestFinished(() => db.$client.end());
  return { world, db };
}

describe("a trace", () => {
  test("of a request has its route, request id and statements by name, and nothing of what it was about", async () => {
    const { world, db } = await tracedDatabase();
    const owner = await world.account();
    const { tracing, spans, bodies, paths } = await collected();
    const { ask, lines } = await traced(tracing, null, async () => {
      await db.$client.query({
        name: "find_by_mailbox",
        text: "select id from account where official_email = $1",
        values: [owner.officialEmail],
      });
      await db.transaction((tx) => tx.select().from(account));
    });
    // Who only says that they are the portal itself is looked at as anybody.
    await ask("/activate/c2VjcmV0LW9mLWEtbGluaw?next=900101010000", { "x-kunci-inner": "made up" });
    const told = await spans();
    const request = named(told, "GET /activate/[token]");
    expect(facts(request)).toEqual({
      "http.request.method": "GET",
      "http.route": "/activate/[token]",
      "http.response.status_code": 200,
      "kunci.request_id": lines[0]?.request,
    });
    for (const name of ["find_by_mailbox", "begin", "select account", "commit"])
      expect(named(told, name)).toMatchObject({ parentSpanId: request.spanId, traceId: request.traceId });
    expect(told).toHaveLength(5);
    expect(new Set(paths)).toEqual(new Set(["POST /v1/traces"]));
    expect(bodies.join()).toContain('"kunci"');
    expect(bodies.join()).not.toMatch(
      new RegExp(`c2VjcmV0|900101010000|${owner.officialEmail}|${owner.fullName}|official_email`),
    );
  });

  test("goes on with that of a trusted proxy, and with nobody else's", async () => {
    const { tracing, spans } = await collected(0);
    const caller = { traceparent: `00-${"ab".repeat(16)}-${"cd".repeat(8)}-01` };
    const behind = await traced(tracing, "127.0.0.1/32", async () => undefined);
    await behind.ask("/", caller);
    const bare = await traced(tracing, null, async () => undefined);
    await bare.ask("/", caller);
    const malformed = await traced(tracing, "127.0.0.1/32", async () => undefined);
    await malformed.ask("/", { traceparent: "00-zz-01" });
    // The share is 0, so whatever is kept, the caller has kept.
    expect(await spans()).toMatchObject([{ traceId: "ab".repeat(16), parentSpanId: "cd".repeat(8) }]);
  });

  test("of a job holds its statements and the letter it hands over, with the code it was refused with", async () => {
    const { db } = await tracedDatabase();
    const { spans, bodies } = await collected();
    const transport = traceLetters(scriptedTransport(() => notTaken("temporary", "smtp_451_rcpt_to")).transport);
    await watchJob(
      "letters",
      async () => {
        await db.$client.query("select 1");
        const letter = {
          id: "019a",
          mark: "0a",
          to: "aisyah@contoh.example.gov.my",
          subject: "s",
          text: "t",
          html: "h",
        };
        return transport.handOver({ ...letter, sentAt: new Date(0) });
      },
      ({ ok }) => ok,
    );
    await expect(
      watchJob("lapse", () => Promise.reject(Object.assign(new Error("of Aisyah"), { code: "57P01" }))),
    ).rejects.toThrow();
    const told = await spans();
    const job = named(told, "job letters");
    expect(named(told, "select")).toMatchObject({ parentSpanId: job.spanId });
    const handedOver = named(told, `hand over by ${transport.name}`);
    expect(handedOver).toMatchObject({ parentSpanId: job.spanId, status: { code: 2 } });
    expect(facts(handedOver)).toMatchObject({ "error.type": "smtp_451_rcpt_to", "kunci.letter_id": "019a" });
    expect(facts(named(told, "job lapse"))).toMatchObject({ "error.type": "57P01" });
    expect(bodies.join()).not.toMatch(/isyah/);
  });

  test("holds no statement that belongs to nothing, and none of another that runs at the same time", async () => {
    const { db } = await tracedDatabase();
    const { spans } = await collected();
    await db.$client.query("select 1");
    // More than the pool has connections, so that some wait and are called from another's end.
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        inSpan(`work ${n}`, "consumer", {}, () => db.$client.query({ name: `statement_${n}`, text: `select ${n}` })),
      ),
    );
    const told = await spans();
    expect(told).toHaveLength(12);
    for (let n = 0; n < 6; n += 1)
      expect(named(told, `statement_${n}`).parentSpanId).toBe(named(told, `work ${n}`).spanId);
  });

  test("is not waited for: a collector that is away costs a warning, not a request", async () => {
    const warned: unknown[] = [];
    const traces = { endpoint: "http://127.0.0.1:9", share: 1 };
    const tracing = openTracing({ traces, version: "1" }, (fault) => warned.push(fault), seconds(0.2));
    takeTracing(tracing);
    const { ask, lines } = await traced(tracing, null, async () => undefined);
    await ask("/");
    expect(lines).toHaveLength(1);
    await tracing.stop().catch(() => undefined);
    await expect.poll(() => warned.length).toBeGreaterThan(0);
  });
});

test("without a collector nothing is traced, and everything goes on as it is", async () => {
  expect(await inSpan("work", "consumer", {}, async () => 7)).toBe(7);
  await using front = await frontAtWork();
  expect((await front.ask()).status).toBe(200);
});
