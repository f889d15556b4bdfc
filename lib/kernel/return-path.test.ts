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

const within = (path: string) => new URL(path, "https://kunci.example.gov.my");

test("whatever is allowed stays within the origin, as a browser reads it and reads the path of that once more", () => {
  for (const path of [
    "/%5Celsewhere.example",
    "/@elsewhere.example",
    "/home//elsewhere.example",
    "/?to=/../elsewhere",
  ]) {
    expect(isReturnPath(path)).toBe(true);
    expect(within(path).origin).toBe("https://kunci.example.gov.my");
    expect(within(within(path).pathname).origin).toBe("https://kunci.example.gov.my");
  }
});

test.each([
  "/.//elsewhere.example",
  "/..//elsewhere.example",
  "/%2e//elsewhere.example",
  "/home/.%2E//elsewhere.example",
])("%s is a path that another host comes out of, and is refused", (path) => {
  expect(within(within(path).pathname).host).toBe("elsewhere.example");
  expect(isReturnPath(path)).toBe(false);
});

test("an address of ours gives its path and query, an address of others nothing", () => {
  const origin = "https://kunci.example.gov.my";
  expect(pathWithin(origin, `${origin}/register?office=1#top`)).toBe("/register?office=1");
  expect(pathWithin(origin, "https://kunci.example.gov.my.elsewhere.example/register")).toBeNull();
  expect(pathWithin(origin, `${origin}//elsewhere.example`)).toBeNull();
  expect(pathWithin(origin, "not an address")).toBeNull();
  expect(pathWithin(origin, null)).toBeNull();
});
