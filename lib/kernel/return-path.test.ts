import { expect, test } from "vitest";
import { isReturnPath, pathWithin } from "./return-path.ts";

test.each(["/", "/register", "/guide/activation?from=sign-in", "/activate/code?x=%2F%2Felsewhere"])(
  "%s is a way back",
  (path) => {
    expect(isReturnPath(path)).toBe(true);
  },
);

test.each([
  "//elsewhere.example",
  "/\\elsewhere.example",
  "/\t/elsewhere.example",
  "/\n/elsewhere.example",
  "/guide\\..\\elsewhere",
  "/guide\u0000",
  "/guide\u0085",
  "/guide🙂",
  "/panduan é",
  "/guide\u202e",
  "https://elsewhere.example/",
  "javascript:alert(1)",
  "register",
  "",
  `/${"a".repeat(2_048)}`,
  null,
  undefined,
  ["/register"],
])("%j leads elsewhere and is refused", (value) => {
  expect(isReturnPath(value)).toBe(false);
});

test("whatever is allowed stays within the origin, as a browser reads it", () => {
  for (const path of [
    "/.//elsewhere.example",
    "/%5Celsewhere.example",
    "/@elsewhere.example",
    "/..//elsewhere.example",
  ]) {
    expect(isReturnPath(path)).toBe(true);
    expect(new URL(path, "https://kunci.example.gov.my").origin).toBe("https://kunci.example.gov.my");
  }
});

test("an address of ours gives its path and query, an address of others nothing", () => {
  const origin = "https://kunci.example.gov.my";
  expect(pathWithin(origin, `${origin}/register?office=1#top`)).toBe("/register?office=1");
  expect(pathWithin(origin, "https://kunci.example.gov.my.elsewhere.example/register")).toBeNull();
  expect(pathWithin(origin, `${origin}//elsewhere.example`)).toBeNull();
  expect(pathWithin(origin, "not an address")).toBeNull();
  expect(pathWithin(origin, null)).toBeNull();
});
