import { expect, test } from "vitest";
import { countJourneys, countRules, sum } from "./counts.ts";

test("a test file that could not be loaded counts as a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed", fullName: "a rule" }] },
      { name: "b.test.ts", status: "failed", assertionResults: [] },
    ],
  };
  expect(countRules(JSON.stringify(report))).toEqual({
    passed: 3,
    failed: 2,
    names: ["b.test.ts", "a.test.ts: a rule"],
  });
});

test("a journey that passed only when tried again counts as a failure", () => {
  const specs = [
    { title: "works", ok: true, tests: [{ status: "expected" }] },
    { title: "fails", ok: false, tests: [{ status: "unexpected" }] },
    { title: "works in the end", ok: true, tests: [{ status: "flaky" }] },
  ];
  const suites = [{ title: "a.spec.ts", suites: [{ title: "a group", specs }] }];
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [], suites };
  expect(countJourneys(JSON.stringify(report))).toEqual({
    passed: 5,
    failed: 2,
    names: ["a group: fails", "a group: works in the end"],
  });
});

test("a fault outside any journey counts as a failure", () => {
  const report = { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{ message: "no port" }], suites: [] };
  expect(countJourneys(JSON.stringify(report))).toEqual({ passed: 0, failed: 1, names: ["no port"] });
});

test("the closing line adds everything up", () => {
  expect(
    sum([
      { passed: 1, failed: 0, names: [] },
      { passed: 2, failed: 3, names: ["one"] },
    ]),
  ).toEqual({ passed: 3, failed: 3, names: ["one"] });
});
