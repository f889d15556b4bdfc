/** `names`: what failed, for the end of a long run's output. */
export type Count = { passed: number; failed: number; names: readonly string[] };
export const none: Count = { passed: 0, failed: 0, names: [] };

export const sum = (counts: readonly Count[]): Count =>
  counts.reduce(
    (total, { passed, failed, names }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      names: [...total.names, ...names],
    }),
    none,
  );

/** Vitest's JSON report. A file that could not be loaded has no tests of its own and counts as one failure. */
export function countRules(report: string): Count {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failed = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => `${name}: ${fullName}`),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    names: [...broken.map(({ name }) => name), ...failed],
  };
}

/** Playwright's JSON report. A journey that passed only when it was tried again counts as failed; faults outside any test do too. */
export function countJourneys(report: string): Count {
  const { stats, errors, suites } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: { message?: string }[];
    suites: Suite[];
  };
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed > 0 ? failed : errors.length,
    names: [...suites.flatMap(failedIn), ...errors.map(({ message }) => message?.split("\n")[0] ?? "a fault")],
  };
}

type Suite = { title: string; suites?: Suite[]; specs?: { title: string; ok: boolean; tests: { status: string }[] }[] };

const failedIn = ({ title, suites = [], specs = [] }: Suite): string[] => [
  ...specs
    .filter(({ ok, tests }) => !ok || tests.some(({ status }) => status === "flaky"))
    .map((spec) => `${title}: ${spec.title}`),
  ...suites.flatMap(failedIn),
];
