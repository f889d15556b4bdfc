import { expect, test } from "vitest";
import { pagesAmong } from "./know-pages.ts";

const isPage = pagesAmong(
  {
    "/(public)/page": "/",
    "/(public)/activate/code/page": "/activate/code",
    "/(public)/activate/[token]/route": "/activate/[token]",
    "/(public)/[...missing]/page": "/[...missing]",
    "/api/all/[...rest]/route": "/api/all/[...rest]",
    "/mailbox.json/route": "/mailbox.json",
  },
  ["icon-192.png", "art/key.svg"],
);

test.each(["/", "/activate/code", "/activate/code/", "/nowhere", "/nowhere/at/all", "/mailboxxjson"])(
  "%s is answered by a page",
  (path) => expect(isPage(path)).toBe(true),
);

test.each([
  "/mailbox.json",
  "/mailbox.json/",
  "/MAILBOX.json",
  "/activate/a-token",
  "/api/all/a/b",
  "/icon-192.png",
  "/art/key.svg",
])("%s is not", (path) => expect(isPage(path)).toBe(false));
