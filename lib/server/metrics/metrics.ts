import { Counter, type CounterConfiguration, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

// The front and Next's bundle evaluate this file separately; both count in one place.
const shared = globalThis as { kunciMetrics?: Metrics };

/** What this process counts, from its first request on. */
export function metrics(): Metrics {
  shared.kunciMetrics ??= createMetrics();
  return shared.kunciMetrics;
}

/** Seconds. A page takes some 10 ms, a hash 8, a letter's mail server up to a minute: few borders, since each route has all of them. */
const REQUEST_BORDERS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10];
const WORK_BORDERS = [0.01, 0.05, 0.25, 1, 5, 30, 120, 600];

/**
 * Everything that is counted as it happens. Labels come from sets that this portal knows (routes, events, jobs, codes of
 * refusals): nobody can make a series by what they send, and no label is about a person.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers } as CounterConfiguration<L>);
  return {
    registry,
    /** What has to be asked for before the metrics are read: what several of them tell is asked for once. */
    beforehand: [] as (() => Promise<void>)[],
    /** What carries this instance's letters. */
    transport: "none",
    signIns: counter("kunci_sign_ins_total", "Sign-ins by what was proven or tried, and how they ended.", [
      "method",
      "outcome",
    ]),
    signInRefusals: counter("kunci_sign_in_refusals_total", "Refused proofs by factor and reason.", [
      "factor",
      "reason",
    ]),
    activations: counter("kunci_activations_total", "Accounts activated."),
    registrations: counter("kunci_registrations_total", "Accounts registered by their owners."),
    events: counter("kunci_audit_events_total", "Events written to the audit trail by type.", ["type"]),
    letters: counter("kunci_letters_total", "What became of letters, by kind and by what carried them.", [
      "kind",
      "state",
      "transport",
    ]),
    letterRetries: counter("kunci_letter_retries_total", "Letters that were not taken and will be tried again.", [
      "transport",
      "reason",
    ]),
    requests: new Histogram({
      name: "kunci_http_request_duration_seconds",
      help: "Time to the end of an answer, by route and class of status.",
      labelNames: ["route", "status"],
      buckets: REQUEST_BORDERS,
      registers,
    }),
    inFlight: new Gauge({
      name: "kunci_http_requests_in_flight",
      help: "Requests being answered.",
      registers,
    }),
    refused: counter("kunci_http_refusals_total", "Requests answered by the front with a refusal, by why.", ["why"]),
    jobs: counter("kunci_job_runs_total", "Jobs carried out, by queue or schedule and outcome.", ["name", "outcome"]),
    jobDurations: new Histogram({
      name: "kunci_job_duration_seconds",
      help: "Time a job took.",
      labelNames: ["name"],
      buckets: WORK_BORDERS,
      registers,
    }),
    jobSuccess: new Gauge({
      name: "kunci_job_last_success_timestamp_seconds",
      help: "When this instance last carried a job out well.",
      labelNames: ["name"],
      registers,
    }),
    discarded: counter("kunci_rows_discarded_total", "Rows whose time was over, by what they were about.", ["table"]),
    buildInfo: new Gauge({
      name: "kunci_build_info",
      help: "Always 1; version of the portal and of Node.js, and its mode.",
      labelNames: ["version", "node", "mode"],
      registers,
    }),
  };
}
