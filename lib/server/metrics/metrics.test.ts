import { readdirSync, readFileSync } from "node:fs";
import { BlockList } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { Proof } from "#lib/assurance/assurance.ts";
import { hearEvents } from "#lib/audit/hear-events.ts";
import { record } from "#lib/audit/record.ts";
import { seconds } from "#lib/kernel/time.ts";
import { enqueue } from "#lib/mail/enqueue.ts";
import { openAttempt } from "#lib/sign-in/attempt.ts";
import { finishProof } from "#lib/sign-in/finish-proof.ts";
import { provePassword } from "#lib/sign-in/prove-password.ts";
import { frontAtWork } from "#lib/testing/front-at-work.ts";
import { newWorld } from "#lib/testing/new-world.ts";
import { begunSignIn } from "#lib/testing/sign-in.ts";
import type { AdmissionFigures } from "../front/overload/admit-requests.ts";
import type { Check } from "../health/checks.ts";
import { answerMetrics } from "./answer-metrics.ts";
import { countEvent } from "./count-event.ts";
import { lookAtDatabase } from "./look-at-database.ts";
import { measureAdmission } from "./measure-admission.ts";
import { measurePortal } from "./measure-portal.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { nameRoutes } from "./name-route.ts";
import { watchRequests } from "./watch-requests.ts";

const GOOD = "Teh-Tarik-Kurang-Manis-7";

afterEach(() => hearEvents(undefined));

/** Samples as Prometheus would read them: "name{labels}" to value. */
async function samples(metrics: Metrics): Promise<Record<string, number>> {
  for (const refresh of metrics.beforehand) await refresh();
  const lines = (await metrics.registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
  );
}

function counting(): Metrics {
  const counted = createMetrics();
  counted.transport = "smtp";
  hearEvents((event) => countEvent(counted, event));
  return counted;
}

describe("what happens is counted", () => {
  test("a sign-in by its method and outcome, and what was refused by its reason", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "activated", password: GOOD });
    const counted = counting();
    await provePassword(world.ctx, await begunSignIn(world.ctx, owner), "wrong", null);
    await provePassword(world.ctx, await begunSignIn(world.ctx, owner), GOOD, null);
    expect(await samples(counted)).toMatchObject({
      'kunci_sign_ins_total{method="password",outcome="succeeded"}': 1,
      'kunci_sign_ins_total{method="password",outcome="refused"}': 1,
      'kunci_sign_in_refusals_total{factor="password",reason="wrong_password"}': 1,
      'kunci_audit_events_total{type="sign_in.succeeded"}': 1,
    });
  });

  test("a sign-in that another one overtook is not, since it opened nothing", async () => {
    const world = await newWorld();
    const owner = await world.account({ status: "activated", password: GOOD });
    const counted = counting();
    const attempt = await openAttempt(world.ctx, await begunSignIn(world.ctx, owner));
    if (!attempt) throw new Error("No sign-in waits for a proof");
    const proof: Proof = { factor: "password", at: world.now().toISOString() };
    const first = await finishProof(world.ctx, attempt, proof, null);
    const second = await finishProof(world.ctx, attempt, proof, null);
    expect([first.ok, second.ok]).toEqual([true, false]);
    expect((await samples(counted))['kunci_sign_ins_total{method="password",outcome="succeeded"}']).toBe(1);
  });

  test("an event only once it is written", async () => {
    const world = await newWorld();
    const counted = counting();
    const broken = { ...world.ctx, actor: { kind: "account", accountId: "no uuid", sessionId: "none" } } as const;
    await expect(
      world.db.transaction((tx) => record(tx, broken, { type: "account.activated", accountId: null, linkId: "" })),
    ).rejects.toThrow();
    expect((await samples(counted)).kunci_activations_total).toBe(0);
  });

  test("two factors as one way to sign in, whichever came first; activations, registrations and letters by kind", async () => {
    const counted = counting();
    const signedIn = {
      type: "sign_in.succeeded",
      accountId: null,
      sessionId: "",
      level: "",
      newDevice: false,
    } as const;
    countEvent(counted, { ...signedIn, factors: ["password", "totp"] });
    countEvent(counted, { ...signedIn, factors: ["totp", "password"] });
    countEvent(counted, { type: "google.refused", accountId: null, reason: "not_linked" });
    countEvent(counted, { type: "account.activated", accountId: null, linkId: "" });
    countEvent(counted, { type: "account.registered", accountId: null, officeId: "", captcha: true });
    countEvent(counted, { type: "letter.bounced", accountId: null, letterId: "", kind: "activation", reason: "" });
    expect(await samples(counted)).toMatchObject({
      'kunci_sign_ins_total{method="password+totp",outcome="succeeded"}': 2,
      'kunci_sign_ins_total{method="google",outcome="refused"}': 1,
      kunci_activations_total: 1,
      kunci_registrations_total: 1,
      'kunci_letters_total{kind="activation",state="bounced",transport="smtp"}': 1,
    });
  });

  test("whichever statement writes it: each that writes events by itself tells of them", () => {
    const files = readdirSync("lib", { recursive: true, encoding: "utf8" }).filter((file) =>
      /(?<!\.test)\.tsx?$/.test(file),
    );
    const writing = files.filter((file) => readFileSync(`lib/${file}`, "utf8").includes("insert into audit_event"));
    expect(writing.length).toBeGreaterThanOrEqual(6);
    expect(writing.filter((file) => !readFileSync(`lib/${file}`, "utf8").includes("tellWritten("))).toEqual([]);
  });
});

describe("what can be asked for", () => {
  const measured = async (failing: Check[] = []) => {
    const world = await newWorld();
    const counted = createMetrics();
    measurePortal(counted, { db: world.db, failing: async () => failing });
    return { world, counted };
  };

  test("letters that wait and the trail's oldest event without a seal, by the database's clock", async () => {
    const { world, counted } = await measured();
    const owner = await world.account();
    const long = { ...world.ctx, now: () => new Date(Date.now() - seconds(900)) };
    const about = { from: "Chrome", at: new Date(0).toISOString() };
    await world.db.transaction((tx) =>
      enqueue(tx, long, { kind: "account_activated", accountId: owner.id, to: owner.officialEmail, about }),
    );
    await world.db.transaction((tx) =>
      record(tx, long, { type: "account.activated", accountId: owner.id, linkId: "" }),
    );
    const found = await samples(counted);
    expect(found).toMatchObject({
      kunci_database_up: 1,
      kunci_letters_queued: 1,
      'kunci_queue_waiting{queue="letters"}': 1,
    });
    expect(found.kunci_letters_oldest_queued_seconds).toBeGreaterThanOrEqual(900);
    expect(found.kunci_audit_oldest_unsealed_seconds).toBeGreaterThanOrEqual(900);
    expect(Math.abs(found.kunci_database_clock_offset_seconds ?? Number.NaN)).toBeLessThan(30);
    expect(found.kunci_database_size_bytes).toBeGreaterThan(1e6);
    expect(found['kunci_database_pool_connections{state="max"}']).toBe(world.db.$client.options.max);
  });

  test("which checks fail, and whether the instance is ready", async () => {
    const { counted } = await measured(["queue"]);
    expect(await samples(counted)).toMatchObject({ kunci_ready: 1, 'kunci_check_failing{check="queue"}': 1 });
    const { counted: blocked } = await measured(["queue", "clock"]);
    expect(await samples(blocked)).toMatchObject({ kunci_ready: 0, 'kunci_check_failing{check="clock"}': 1 });
  });

  test("no figure of a database that does not answer, rather than the last one", async () => {
    const counted = createMetrics();
    const { db } = await newWorld();
    let answers = true;
    measurePortal(counted, { db, failing: async () => [], look: async () => (answers ? lookAtDatabase(db)() : null) });
    expect(await samples(counted)).toHaveProperty("kunci_letters_queued");
    answers = false;
    const found = await samples(counted);
    expect(found.kunci_database_up).toBe(0);
    expect(
      Object.keys(found).filter((name) =>
        /^kunci_(?:letters_queued|letters_oldest|queue|database_size|accounts)/.test(name),
      ),
    ).toEqual([]);
  });
});

test("what the front put off is told with what is at work and what waits, once it knows", async () => {
  const counted = createMetrics();
  let figures: AdmissionFigures | undefined;
  measureAdmission(counted.registry, () => figures);
  expect(Object.keys(await samples(counted)).filter((name) => /admission|shed/.test(name))).toEqual([]);
  figures = { atWork: 5, places: 40, waiting: 2, putOff: { passkey: 0, finish: 1, page: 2, begin: 7, by_itself: 9 } };
  await samples(counted);
  expect(await samples(counted)).toMatchObject({
    'kunci_admission_requests{state="places"}': 40,
    'kunci_admission_requests{state="waiting"}': 2,
    'kunci_requests_shed_total{urgency="begin"}': 7,
  });
});

describe("the database is asked for its figures", () => {
  const counted = () => {
    let asked = 0;
    const answer = Promise.withResolvers<{ rows: object[] }>();
    const query = () => {
      asked += 1;
      return answer.promise;
    };
    return { db: { $client: { query } } as never, asked: () => asked, answer };
  };

  test("once in five seconds, however many ask", async () => {
    let now = 0;
    const { db, asked, answer } = counted();
    const look = lookAtDatabase(db, { now: () => now });
    const all = [look(), look(), look()];
    answer.resolve({ rows: [{ now: 0 }] });
    await Promise.all(all);
    now = 4_999;
    await look();
    expect(asked()).toBe(1);
    now = 5_000;
    await look();
    expect(asked()).toBe(2);
  });

  test("and answered without, where it takes too long, without asking again meanwhile", async () => {
    let now = 0;
    const { db, asked } = counted();
    const look = lookAtDatabase(db, { now: () => now, patience: seconds(0) });
    expect(await look()).toBeNull();
    now = 60_000;
    expect(await look()).toBeNull();
    expect(asked()).toBe(1);
  });
});

describe("the front", () => {
  test("gives metrics out itself, and counts requests by route and class of status, refusals by why", async () => {
    const metrics = createMetrics();
    await using front = await frontAtWork({
      metrics: answerMetrics(metrics, "a-token", new BlockList(), "http://localhost:3000"),
      watch: watchRequests(metrics, nameRoutes(["/", "/activate/[token]"], [])),
    });
    await front.ask({ path: "/activate/c2VjcmV0LW9mLWEtbGluaw" });
    await front.ask({ path: "/900101010000" });
    await front.ask({ method: "POST", path: "/activate/x", headers: { origin: "https://elsewhere.example.gov.my" } });
    const told = await front.ask({ path: "/api/metrics" });
    expect(told).toMatchObject({
      status: 200,
      headers: { "content-type": metrics.registry.contentType, "cache-control": "no-store" },
    });
    expect(told.body).toContain('kunci_http_request_duration_seconds_count{route="/activate/[token]",status="2xx"} 1');
    expect(told.body).toContain('kunci_http_request_duration_seconds_count{route="/activate/[token]",status="4xx"} 1');
    expect(told.body).toContain('kunci_http_request_duration_seconds_count{route="none",status="2xx"} 1');
    expect(told.body).toContain('kunci_http_refusals_total{why="foreign"} 1');
    // The one that asks.
    expect(told.body).toContain("kunci_http_requests_in_flight 1");
    expect(told.body).not.toMatch(/c2VjcmV0|900101010000/);
    expect(front.reached.map(({ url }) => url)).not.toContain("/api/metrics");
  });

  test("gives them to nobody who was sent on by a proxy without the token, and says what it takes", async () => {
    await using front = await frontAtWork({
      metrics: answerMetrics(createMetrics(), "a-token", new BlockList(), "http://localhost:3000"),
    });
    const headers = { "X-Forwarded-For": "192.0.2.1" };
    expect(await front.ask({ path: "/api/metrics", headers })).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
    const authorization = "Bearer a-token";
    expect((await front.ask({ path: "/api/metrics", headers: { ...headers, authorization } })).status).toBe(200);
    await using bare = await frontAtWork({
      metrics: answerMetrics(createMetrics(), undefined, new BlockList(), "http://localhost:3000"),
    });
    expect((await bare.ask({ path: "/api/metrics", headers })).status).toBe(404);
    expect(
      (await bare.ask({ method: "POST", path: "/api/metrics", headers: { origin: bare.origin } })).status,
    ).not.toBe(200);
  });
});
