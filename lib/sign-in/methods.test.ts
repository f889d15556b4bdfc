import { expect, test } from "vitest";
import { inOrder, methodOf, methods } from "./methods.ts";

const named = (last: string | null) => inOrder(last).map(({ method }) => method);

test("the five methods stand in one order for everybody, and the last used comes first", () => {
  expect(named(null)).toEqual(methods);
  expect(named("totp")).toEqual(["totp", "passkey", "otherDevice", "password", "email"]);
  expect(inOrder("totp").filter(({ isLast }) => isLast)).toHaveLength(1);
});

test("a cookie that says anything else changes nothing", () => {
  for (const said of ["", "google", "constructor", "__proto__"]) expect(named(said)).toEqual(methods);
  expect(inOrder("x").some(({ isLast }) => isLast)).toBe(false);
});

test("a sign-in that began with what is not on the page is not remembered", () => {
  expect(methodOf("google")).toBeNull();
  expect(methodOf("recovery_code")).toBeNull();
  expect(methodOf("email_code")).toBe("email");
});
