import { expect, test } from "vitest";
import { telephoneHref } from "./telephone.ts";

test.each([
  ["03-0000 1234", "tel:+60300001234"],
  ["+60 3-0000 1234", "tel:+60300001234"],
  ["1-300-00-0000", "tel:1300000000"],
])("%s is dialled as %s", (phone, href) => {
  expect(telephoneHref(phone)).toBe(href);
});
