import { expect, test } from "vitest";
import { parseMobile, showMobile } from "./mobile-number.ts";

test("a mobile number is read however it is typed", () => {
  for (const typed of [
    "012-345 6789",
    "0123456789",
    "(012) 345 6789",
    "+60 12-345 6789",
    "60123456789",
    "0060123456789",
    "０１２３４５６７８９",
    "٠١٢٣٤٥٦٧٨٩",
    "012‑345 6789",
  ])
    expect(parseMobile(typed), typed).toEqual({ ok: true, value: "+60123456789" });
});

test("one of another country is read with its code", () => {
  expect(parseMobile("+65 8123 4567")).toEqual({ ok: true, value: "+6581234567" });
  expect(parseMobile("8123 4567").ok).toBe(false);
});

test("what is no telephone number by itself is refused", () => {
  for (const typed of [
    "",
    "0123",
    "012345678901234",
    "tiada",
    "call 0123456789",
    "tel:0123456789",
    "012-345 6789 ext 5",
  ])
    expect(parseMobile(typed), typed).toEqual({ ok: false, error: "mobile_shape" });
});

test("a fixed line is no mobile telephone, and neither is a number nobody gives out", () => {
  for (const typed of ["03-0000 1234", "03-2691 1234", "1300 88 1234", "010-000 0000", "+65 6123 4567"])
    expect(parseMobile(typed), typed).toEqual({ ok: false, error: "mobile_unknown" });
});

test("it is shown as it is dialled at home, and with its country's code elsewhere", () => {
  expect(showMobile("+60123456789")).toBe("012-345 6789");
  expect(showMobile("+601112345678")).toBe("011-1234 5678");
  expect(showMobile("+6581234567")).toBe("+65 8123 4567");
  expect(() => showMobile("tiada")).toThrow();
});
