import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { newWorld } from "#lib/testing/new-world.ts";
import { expressionsIn, metricsIn } from "#lib/testing/promql.ts";
import { followCertificate } from "./follow-certificate.ts";
import { measureAdmission } from "./measure-admission.ts";
import { measurePortal } from "./measure-portal.ts";
import { measureProcess } from "./measure-process.ts";
import { createMetrics } from "./metrics.ts";

const FOLDER = "docs/monitoring";
const alerts = readFileSync(`${FOLDER}/alerts.yaml`, "utf8");
const dashboard = readFileSync(`${FOLDER}/dashboard.json`, "utf8");
const trials = ["alerts.test.yaml", "alerts-of-weeks.test.yaml"] as const;

/** Each alert by its name, with the lines that belong to it. */
const rules = new Map(
  alerts
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((rule) => [rule.split("\n", 1)[0] ?? "", rule] as const),
);

/** Every metric there is in a portal, with the names of its labels. */
async function offered(): Promise<Map<string, readonly string[]>> {
  const { db } = await newWorld();
  const metrics = createMetrics();
  measurePortal(metrics, { db, failing: async () => [] });
  measureAdmission(metrics.registry);
  measureProcess(metrics.registry).stop();
  followCertificate(metrics.registry, "http://localhost");
  const all = metrics.registry.getMetricsAsArray() as unknown as { name: string; labelNames: string[] }[];
  return new Map(all.map(({ name, labelNames }) => [name, labelNames]));
}

/** Those that Prometheus adds to whatever it reads, and a histogram's own. */
const OF_PROMETHEUS = ["instance", "job", "le"];

describe("the alert rules and the dashboard", () => {
  test("ask for metrics and labels that there are", async () => {
    const known = await offered();
    const asked = [...expressionsIn(alerts), ...expressionsIn(dashboard)].flatMap(metricsIn);
    expect(asked.length).toBeGreaterThan(60);
    const strange = asked.filter(({ name, labels }) => {
      const its = known.get(name) ?? (name === "up" ? [] : undefined);
      return !its || labels.some((label) => !its.includes(label) && !OF_PROMETHEUS.includes(label));
    });
    expect(strange).toEqual([]);
  });

  test("leave out nothing that is counted", async () => {
    const asked = new Set(
      [...expressionsIn(alerts), ...expressionsIn(dashboard)].flatMap(metricsIn).map(({ name }) => name),
    );
    expect([...(await offered()).keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
});

test("each panel of the dashboard has a number of its own, by which Grafana keeps it", () => {
  const numbers = (JSON.parse(dashboard) as { panels: { id: number }[] }).panels.map(({ id }) => id);
  expect(numbers.filter((id, at) => numbers.indexOf(id) !== at)).toEqual([]);
});

describe("each alert", () => {
  const guide = readFileSync("docs/operate.md", "utf8");
  const section =
    guide.slice(guide.indexOf("\n## When an alert calls\n")).split(/\n## (?!When an alert calls)/, 1)[0] ?? "";
  const headings = [...section.matchAll(/^### (\w+)$/gm)].map(([, heading]) => heading?.toLowerCase());

  test.each([...rules])("%s says how bad it is, after how long, and leads to what to do", (_, rule) => {
    expect(rule).toMatch(/^ {8}for: \d+[mh]$/m);
    expect(rule).toMatch(/^ {8}labels: \{ severity: (?:critical|warning) \}$/m);
    expect(rule).toMatch(/^ {10}summary: \S/m);
    const leadsTo = /^ {10}runbook: docs\/operate\.md#(\w+)$/m.exec(rule)?.[1];
    expect(headings).toContain(leadsTo);
  });

  test("has a trial in which it calls and one in which it keeps quiet", () => {
    const tried = trials.map((file) => readFileSync(`${FOLDER}/${file}`, "utf8")).join("\n");
    for (const name of rules.keys()) {
      expect(tried).toContain(`- name: ${name} calls\n`);
      expect(tried).toContain(`- name: ${name} keeps quiet\n`);
    }
  });

  test("that is explained is one that there is", () => {
    const named = [...rules.keys()].map((name) => name.toLowerCase());
    expect(headings.length).toBeGreaterThan(20);
    expect(headings.filter((heading) => !named.includes(heading ?? ""))).toEqual([]);
  });
});

/** Debian's package is `prometheus`. */
const noPromtool = spawnSync("promtool", ["--version"], { stdio: "ignore" }).error !== undefined;

test.skipIf(noPromtool)(
  `promtool finds the rules in order${noPromtool ? " (skipped: there is no promtool)" : ""}`,
  () => {
    const { status, stdout, stderr } = spawnSync("promtool", ["check", "rules", `${FOLDER}/alerts.yaml`]);
    expect(`${stdout}${stderr}`).toContain("SUCCESS");
    expect(status).toBe(0);
  },
);

test.skipIf(noPromtool).each(trials)("promtool carries out %s", { timeout: 120_000 }, (file) => {
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { cwd: FOLDER });
  expect(`${stdout}${stderr}`).not.toContain("FAILED");
  expect(status).toBe(0);
});
