import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expressionsIn, metricsIn } from "#lib/testing/promql.ts";
import { expect, test } from "./harness/fixtures.ts";
import { plainForm } from "./harness/plain-form.ts";

/** As Prometheus asks: with the token, since the journeys' portal takes this machine for a proxy. */
const scrape = async (origin: string, token = process.env.KUNCI_E2E_METRICS_TOKEN): Promise<Response> =>
  fetch(`${origin}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });

const figureOf = (text: string, sample: string): number =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${sample} `))
      ?.slice(sample.length + 1) ?? 0,
  );

test("a running portal tells every figure that the alerts and the dashboard ask for, to whoever has the token", {
  tag: "@demonstration",
}, async ({ origin }) => {
  expect((await fetch(`${origin}/api/metrics`)).status).toBe(401);
  expect((await scrape(origin, "another")).status).toBe(401);
  const answer = await scrape(origin);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("version=0.0.4");
  const text = await answer.text();
  const offered = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
  const asked = ["alerts.yaml", "dashboard.json"].flatMap((file) =>
    expressionsIn(readFileSync(`docs/monitoring/${file}`, "utf8")).flatMap(metricsIn),
  );
  expect(asked.map(({ name }) => name).filter((name) => name !== "up" && !offered.has(name))).toEqual([]);
  expect(text).toContain("kunci_ready 1\n");
  expect(text).toContain("kunci_database_up 1\n");
  for (const sample of ["kunci_instances", "kunci_queue_waiting", "kunci_admission_requests", "kunci_job_runs_total"])
    expect(text).toMatch(new RegExp(`^${sample}\\{`, "m"));
  const judged = spawnSync("promtool", ["check", "metrics"], { input: text });
  if (!judged.error) expect(`${judged.status} ${judged.stdout}${judged.stderr}`).toBe("0 ");
});

test("what people do is counted by method, outcome and route, without anything of theirs", {
  tag: "@demonstration",
}, async ({ origin, address, settled }) => {
  const person = await settled("activated");
  const form = await plainForm(`${origin}/activate`, address);
  form.fill({ identityNumber: person.identity.number });
  await form.send();
  const sample = 'kunci_audit_events_total{type="activation_link.refused"}';
  // A job answers, so that the answer's time tells nothing.
  await expect.poll(async () => figureOf(await (await scrape(origin)).text(), sample)).toBeGreaterThan(0);
  await fetch(`${origin}/activate/${person.identity.number}-c2VjcmV0`, { headers: { "x-forwarded-for": address } });
  const text = await (await scrape(origin)).text();
  expect(text).toMatch(/^kunci_http_request_duration_seconds_count\{route="\/activate\/\[token\]",status="\dxx"\} \d/m);
  expect(text).toMatch(/^kunci_job_runs_total\{name="[a-z-]*requests?[a-z-]*",outcome="completed"\} \d/m);
  for (const theirs of [person.identity.number, person.officialEmail, person.fullName, address, "c2VjcmV0"])
    expect(text).not.toContain(theirs);
});
