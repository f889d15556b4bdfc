import { expect, test } from "vitest";
import { routeOf } from "./route-of.ts";

test.each([
  ["/", "/"],
  ["/sign-in/password?x=900101140000", "/sign-in/password"],
  ["/activate/sent", "/activate/sent"],
  ["/activate/q0Zr8mW1c9sTn3vKxY7hLg", "/activate/:id"],
  ["/activate/abcdefghijklmnopqrstuv", "/activate/:id"],
  ["/recover/q0Zr8mW1c9sTn3vKxY7hLg", "/recover/:id"],
  ["/undo/aaaaaaaaaaaaaaaaaaaaaa/", "/undo/:id/"],
  ["/lock/q0Zr8mW1c9sTn3vKxY7hLg", "/lock/:id"],
  ["/lock/done", "/lock/done"],
  ["/helpdesk/accounts/0199c6f0-0000-7000-8000-000000000000", "/helpdesk/accounts/:id"],
  ["/systems/0199c6f0-0000-7000-8000-000000000000/logo?v=3", "/systems/:id/logo"],
  ["/anything/900101-14-0000", "/anything/:id"],
  ["/mailbox.json", "/mailbox.json"],
  ["/%39%30%30%31", "/:id"],
  ["/a@b.example.gov.my", "/:id"],
])("%s is known to the log as %s", (target, route) => {
  expect(routeOf(target)).toBe(route);
});
