import { expect, test } from "vitest";
import { metrics } from "../metrics/metrics.ts";
import { watchJob } from "./watch-job.ts";

async function runs(job: string): Promise<Record<string, number>> {
  const { values } = await metrics().jobs.get();
  return Object.fromEntries(
    values.filter(({ labels }) => labels.name === job).map(({ labels, value }) => [String(labels.outcome), value]),
  );
}

test("a job counts as carried out, as failed where it throws, and as failed where its answer says so", async () => {
  expect(await watchJob("a job", async () => 7)).toBe(7);
  await expect(watchJob("a job", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  await watchJob(
    "a job",
    async () => ({ settled: false }),
    ({ settled }) => settled,
  );
  expect(await runs("a job")).toEqual({ completed: 1, failed: 2 });
  const { values } = await metrics().jobDurations.get();
  expect(
    values.find(({ metricName, labels }) => metricName?.endsWith("_count") && labels.name === "a job")?.value,
  ).toBe(3);
});
