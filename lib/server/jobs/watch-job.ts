import { metrics } from "../metrics/metrics.ts";
import { inSpan } from "../traces/tracing.ts";

/**
 * Carries a job out and counts it with the time it took. `wentWell` judges what it answered: a job may fail without throwing.
 * What is thrown goes on.
 */
export async function watchJob<T>(
  job: string,
  work: () => Promise<T>,
  wentWell: (answer: T) => boolean = () => true,
): Promise<T> {
  const began = performance.now();
  let outcome = "failed";
  try {
    const answer = await inSpan(`job ${job}`, "consumer", { "kunci.job": job }, work, (answer) =>
      wentWell(answer) ? undefined : "failed",
    );
    if (wentWell(answer)) outcome = "completed";
    return answer;
  } finally {
    const counted = metrics();
    counted.jobs.inc({ name: job, outcome });
    counted.jobDurations.observe({ name: job }, (performance.now() - began) / 1_000);
    if (outcome === "completed") counted.jobSuccess.setToCurrentTime({ name: job });
  }
}
