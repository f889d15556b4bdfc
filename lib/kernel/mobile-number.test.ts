import { expect, test } from "vitest";
import { parseMobile, showMobile } from "./mobile-number.ts";

test("a mobile number is read however it is typed", () => {
  for (const typed of [
    "012-000 0000",
    "0120000000",
    "(012) 000 0000",
    "+60 12-000 0000",
    "60120000000",
    "0060120000000",
    "０１２０００００００",
    "٠١٢٠٠٠٠٠٠٠",
    "012‑000 0000",
  ])
    expect(parseMobile(typed), typed).toEqual({ ok: true, value: "+60120000000" });
});

test("one of another country is read with its code", () => {
  expect(parseMobile("+65 8123 0000")).toEqual({ ok: true, value: "+6581230000" });
  expect(parseMobile("8123 0000").ok).toBe(false);
});

test("what is no telephone number by itself is refused", () => {
  for (const typed of [
    "",
    "0123",
    "012000000001234",
    "tiada",
    "call 0120000000",
    "tel:0120000000",
    "012-000 0000 ext 5",
  ])
    expect(parseMobile(typed), typed).toEqual({ ok: false, error: "mobile_shape" });
});

test("a fixed line is no mobile telephone, and neither is a number nobody gives out", () => {
  for (const typed of ["03-0000 1234", "03-2000 0000", "1300 88 1234", "010-000 0000", "+65 6123 0000"])
    expect(parseMobile(typed), typed).toEqual({ ok: false, error: "mobile_unknown" });
});

test("it is shown as it is dialled at home, and with its country's code elsewhere", () => {
  expect(showMobile("+60120000000")).toBe("012-000 0000");
  expect(showMobile("+601110000000")).toBe("011-1000 0000");
  expect(showMobile("+6581230000")).toBe("+65 8123 0000");
  expect(() => showMobile("tiada")).toThrow();
});
