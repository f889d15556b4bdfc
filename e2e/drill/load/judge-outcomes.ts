import type { Outcome, Phase, PhaseName } from "./phases.ts";

/** What was promised: of sign-ins at the rate they are built for, and of everything else while there is too much. */
export const promises = {
  steady: { p95: 1_000, errors: 0.001 },
  over: { pageP95: 1_000, passkeys: 0.99 },
  backWithin: 30,
} as const;

/** The value that this part of them does not exceed; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

export type PhaseFigures = ReturnType<typeof figuresOf>;

/** How one kind of request fared in one phase. Milliseconds of those that ended well. */
export function figuresOf(outcomes: readonly Outcome[], what: Outcome["what"], phase: PhaseName) {
  const these = outcomes.filter((each) => each.what === what && each.phase === phase);
  const done = these.filter(({ how }) => how === "done").map(({ ms }) => ms);
  const count = (how: Outcome["how"]) => these.filter((each) => each.how === how).length;
  return {
    begun: these.length,
    done: done.length,
    putOff: count("put_off"),
    failed: count("failed") + count("unbegun"),
    p50: percentile(done, 0.5),
    p95: percentile(done, 0.95),
  };
}

/**
 * Seconds after the load was back to what it was until the last sign-in that still was put off, failed or took longer than
 * promised; those that began before are not counted. Null where one of the last three seconds still was so.
 */
export function secondsUntilNormal(outcomes: readonly Outcome[], phases: readonly Phase[]): number | null {
  const lasts = (upTo: PhaseName) =>
    phases
      .slice(
        0,
        phases.findIndex(({ name }) => name === upTo),
      )
      .reduce((sum, { seconds }) => sum + seconds, 0) * 1_000;
  const from = lasts("back");
  const span = (phases.find(({ name }) => name === "back")?.seconds ?? 0) * 1_000;
  const troubled = outcomes
    .filter(({ what, phase }) => what === "sign_in" && phase === "back")
    .filter(({ how, ms }) => how !== "done" || ms > promises.steady.p95)
    .map(({ at }) => at - from);
  const last = Math.max(0, ...troubled);
  return last > span - 3_000 ? null : Math.ceil(last / 1_000);
}

/** Which promises were broken, in words. */
export function broken(outcomes: readonly Outcome[], phases: readonly Phase[]): string[] {
  const steady = figuresOf(outcomes, "sign_in", "steady");
  const said: string[] = [];
  if (steady.p95 > promises.steady.p95) said.push(`p95 of a sign-in was ${steady.p95} ms`);
  const errors = (steady.begun - steady.done) / Math.max(1, steady.begun);
  if (steady.begun === 0 || errors >= promises.steady.errors)
    said.push(`${(errors * 100).toFixed(2)} % of the sign-ins did not end well`);
  if (!phases.some(({ name }) => name === "over")) return said;
  const page = figuresOf(outcomes, "page", "over");
  if (page.done < page.begun || page.p95 > promises.over.pageP95)
    said.push(`a page that lies ready took ${page.p95} ms, ${page.begun - page.done} came not at all`);
  const passkey = figuresOf(outcomes, "passkey", "over");
  if (passkey.done < passkey.begun * promises.over.passkeys)
    said.push(`of ${passkey.begun} sign-ins by passkey ${passkey.done} were done`);
  const after = secondsUntilNormal(outcomes, phases);
  if (after === null || after > promises.backWithin)
    said.push(`it was ${after === null ? "not" : `after ${after} s`} back to normal`);
  return said;
}
