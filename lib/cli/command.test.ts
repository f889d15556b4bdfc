import { expect, test } from "vitest";
import { readArguments } from "./command.ts";

const knows = { options: ["--json"], valued: ["--head"], operands: 1 } as const;

test("switches, values and operands are told apart, in any order", () => {
  expect(readArguments(knows, ["letters.eml", "--head", "head.txt", "--json"])).toEqual({
    switches: new Set(["--json"]),
    given: { values: new Map([["--head", "head.txt"]]), operands: ["letters.eml"] },
  });
});

test("a dash stands for the standard input, and is no option", () => {
  expect(readArguments(knows, ["-"])).toMatchObject({ given: { operands: ["-"] } });
});

test.each([
  [["--jsonn"], 'does not know "--jsonn"'],
  [["-x"], 'does not know "-x"'],
  [["one", "two"], 'does not know "two"'],
  [["--head"], 'misses what follows "--head"'],
  [["--head", "--json"], 'misses what follows "--head"'],
])("%j is not understood", (args, refused) => {
  expect(readArguments(knows, args)).toEqual({ refused });
});
