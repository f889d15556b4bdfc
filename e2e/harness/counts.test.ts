import { expect, test } from "vitest";
import { countJourneys, countRules, sum } from "./counts.ts";

test("a test file that could not be loaded counts as a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: "failed", assertionResults: [{}] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(countRules(JSON.stringify(report))).toEqual({ passed: 3, failed: 2 });
});

test("a journey that passed only when tried again counts as a failure", () => {
  expect(countJourneys(JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [] }))).toEqual({
    passed: 5,
    failed: 2,
  });
});

test("a fault outside any journey counts as a failure", () => {
  expect(countJourneys(JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] }))).toEqual({
    passed: 0,
    failed: 1,
  });
});

test("the closing line adds everything up", () => {
  expect(
    sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
