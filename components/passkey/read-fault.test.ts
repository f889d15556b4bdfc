import { describe, expect, test } from "vitest";
import { readFault } from "./read-fault.ts";

const fault = (name: string) => Object.assign(new Error(name), { name });

describe("what a browser's fault means", () => {
  test.each([
    ["AbortError", "abandoned"],
    ["InvalidStateError", "duplicate"],
    ["ConstraintError", "cannot_verify"],
    ["NotSupportedError", "failed"],
    ["SecurityError", "failed"],
    ["UnknownError", "failed"],
  ])("%s is %s", (name, trouble) => {
    expect(readFault(fault(name), 10, 300_000)).toBe(trouble);
  });

  test("a request that was not allowed was cancelled, unless it ran to its time limit", () => {
    expect(readFault(fault("NotAllowedError"), 10, 300_000)).toBe("cancelled");
    expect(readFault(fault("NotAllowedError"), 299_500, 300_000)).toBe("timed_out");
    expect(readFault(fault("NotAllowedError"), 299_500, undefined)).toBe("cancelled");
  });

  test("what is no error at all has failed", () => {
    expect(readFault("oops", 10, 300_000)).toBe("failed");
  });
});
