export type Count = { passed: number; failed: number };
export const none: Count = { passed: 0, failed: 0 };

export const sum = (counts: readonly Count[]): Count =>
  counts.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    none,
  );

/** Vitest's JSON report. A file that could not be loaded has no tests of its own and counts as one failure. */
export function countRules(report: string): Count {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  };
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  return { passed: numPassedTests, failed: numFailedTests + broken };
}

/** Playwright's JSON report. A journey that passed only when it was tried again counts as failed; faults outside any test do too. */
export function countJourneys(report: string): Count {
  const { stats, errors } = JSON.parse(report) as {
    stats: { expected: number; unexpected: number; flaky: number };
    errors: unknown[];
  };
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed: failed > 0 ? failed : errors.length };
}
