import { expect, test } from "vitest";
import { askedWithin } from "./asked-within.ts";

test.each([
  ["/helpdesk/work", "/helpdesk/work?show=requests", "/helpdesk/work?show=requests"],
  ["/admin/audit", "/admin/audit?topic=roles&outcome=refused", "/admin/audit?topic=roles&outcome=refused"],
  ["/helpdesk/work", "/helpdesk/work", "/helpdesk/work"],
  ["/helpdesk/work", null, "/helpdesk/work"],
])("whoever has to sign in first comes back to %s as they asked for it: %s", (path, asked, back) => {
  expect(askedWithin(path, asked)).toBe(back);
});

test("what was said of a deed that is over is not said again", () => {
  expect(askedWithin("/helpdesk/accounts/1", "/helpdesk/accounts/1?done=closed&before=7&_rsc=x")).toBe(
    "/helpdesk/accounts/1?before=7",
  );
  expect(askedWithin("/helpdesk/accounts/1/caller", "/helpdesk/accounts/1/caller?refused=outranked")).toBe(
    "/helpdesk/accounts/1/caller",
  );
});

test.each([
  "/helpdesk/workers?show=requests",
  "/helpdesk/work/other?show=requests",
  "/admin?show=requests",
  "/helpdesk/work?show=\\elsewhere.example",
  `/helpdesk/work?show=${"a".repeat(2_048)}`,
  "//elsewhere.example/helpdesk/work?show=requests",
])("another page, or no path of this portal, leads nowhere else: %s", (asked) => {
  expect(askedWithin("/helpdesk/work", asked)).toBe("/helpdesk/work");
});

test("a page that says its query itself is kept to", () => {
  expect(askedWithin("/helpdesk?q=a", "/helpdesk?q=a&cursor=made-up")).toBe("/helpdesk?q=a");
});
