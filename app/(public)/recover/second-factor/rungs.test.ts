import { expect, test } from "vitest";
import { before, no, questions, rungs, stepOf, yes } from "./rungs.ts";

const askOf = (path: string) => new URL(path, "https://kunci.contoh.example.gov.my").searchParams.get("ask");

test("saying no all the way down asks every question once and ends at the helpdesk", () => {
  const asked: string[] = [];
  let step = stepOf(undefined);
  while ("question" in step) {
    asked.push(step.question);
    step = stepOf(askOf(no(step.question)));
  }
  expect(asked).toEqual(questions);
  expect(step).toEqual({ answer: "helpdesk" });
});

test("a yes leads to its answer, and from there one may go back to its question", () => {
  for (const question of questions) {
    if (question === "mailbox") expect(yes(question)).toBe("/recover/second-factor/start");
    else {
      const step = stepOf(askOf(yes(question)));
      expect(step).toEqual({ answer: question });
      expect(stepOf(askOf(before(step) ?? ""))).toEqual({ question });
    }
  }
});

test("one may always go back, but from the first question", () => {
  expect(before({ question: "device" })).toBeNull();
  for (const rung of rungs.slice(1)) expect(before(stepOf(rung))).not.toBeNull();
});

test("what is not ours asks the first question", () => {
  for (const ask of ["", "mailbox-yes", "../", ["device-yes"], "toString"])
    expect(stepOf(ask)).toEqual({ question: "device" });
});
