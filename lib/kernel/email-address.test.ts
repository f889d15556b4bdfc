import { describe, expect, test } from "vitest";
import { parseEmail, parseOfficialEmail } from "./email-address.ts";

const domains = ["contoh.example.gov.my", "*.kelantan.example.gov.my"];
const official = (value: string) => parseOfficialEmail(value, domains);

describe("an official mailbox", () => {
  test.each([
    ["aisyah@contoh.example.gov.my", "aisyah@contoh.example.gov.my"],
    [" Nur.Aisyah@Contoh.Example.GOV.my ", "nur.aisyah@contoh.example.gov.my"],
    ["d_o'neil-2@contoh.example.gov.my", "d_o'neil-2@contoh.example.gov.my"],
    ["a@ptg.kelantan.example.gov.my", "a@ptg.kelantan.example.gov.my"],
    ["a@kb.ptg.kelantan.example.gov.my", "a@kb.ptg.kelantan.example.gov.my"],
    [`${"a".repeat(64)}@contoh.example.gov.my`, `${"a".repeat(64)}@contoh.example.gov.my`],
  ])("is read: %s", (typed, expected) => expect(official(typed)).toEqual({ ok: true, value: expected }));

  test.each([
    ["email_shape", ""],
    ["email_shape", "aisyah"],
    ["email_shape", "@contoh.example.gov.my"],
    ["email_shape", "aisyah@"],
    ["email_shape", "a@b@contoh.example.gov.my"],
    ["email_shape", "ai syah@contoh.example.gov.my"],
    ["email_shape", ".aisyah@contoh.example.gov.my"],
    ["email_shape", "aisyah.@contoh.example.gov.my"],
    ["email_shape", "ai..syah@contoh.example.gov.my"],
    ["email_shape", "aisyah@contoh.example.gov.my."],
    ["email_shape", "aisyah@contoh..gov.my"],
    ["email_shape", "aisyah@-contoh.gov.my"],
    ["email_shape", "aisyah@contoh-.gov.my"],
    ["email_shape", "aisyah@localhost"],
    ["email_shape", "aisyah@127.0.0.1"],
    ["email_shape", "aisyah@[127.0.0.1]"],
    ["email_shape", '"ai syah"@contoh.example.gov.my'],
    ["email_shape", '"aisyah"@contoh.example.gov.my'],
    ["email_shape", "Aisyah<aisyah@contoh.example.gov.my>"],
    ["email_shape", "aisyah(x)@contoh.example.gov.my"],
    ["email_shape", "aisyah%contoh@example.gov.my"],
    ["email_shape", "a,b@contoh.example.gov.my"],
    ["email_shape", "aisyah@contoh.example.gov.my\r\nBcc: a@example.com"],
    ["email_characters", "aisyah\0@contoh.example.gov.my"],
    ["email_characters", "aišyah@contoh.example.gov.my"],
    ["email_characters", "aisyah@contоh.example.gov.my"], // a Cyrillic letter
    ["email_characters", "aisyah＠contoh.example.gov.my"],
    ["email_characters", "aisyah@xn--contoh-xyz.gov.my"],
    ["email_characters", "ais\u202eyah@contoh.example.gov.my"],
    ["email_characters", "😀@contoh.example.gov.my"],
    ["email_too_long", `${"a".repeat(65)}@contoh.example.gov.my`],
    ["email_too_long", `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.example.gov.my`],
    ["email_plus", "aisyah+dua@contoh.example.gov.my"],
    ["email_plus", "aisyah+@contoh.example.gov.my"],
    ["email_personal", "aisyah@gmail.com"],
    ["email_personal", "aisyah+dua@gmail.com"],
    ["email_personal", "aisyah@yahoo.com.my"],
    ["email_personal", "aisyah@yahoo.co.uk"],
    ["email_personal", "aisyah@live.com.my"],
    ["email_personal", "aisyah@example.com"],
    ["email_domain", "aisyah@lain.example.gov.my"],
    ["email_domain", "aisyah@kelantan.example.gov.my"],
    ["email_domain", "aisyah@jahatkelantan.example.gov.my"],
    ["email_domain", "aisyah@sub.contoh.example.gov.my"],
    ["email_domain", "aisyah@contoh.example.gov.my.jahat.example"],
  ])("is refused as %s: %s", (error, typed) => expect(official(typed)).toEqual({ ok: false, error }));

  test("on a wildcard is below the domain at any depth, never the domain itself", () => {
    expect(parseOfficialEmail("a@x.y.gov.my", ["*.gov.my"]).ok).toBe(true);
    expect(parseOfficialEmail("a@gov.my", ["*.gov.my"]).ok).toBe(false);
    expect(parseOfficialEmail("a@notgov.my", ["*.gov.my"]).ok).toBe(false);
  });

  test("may be with a public provider where the agency lists it, and nowhere without a list", () => {
    expect(parseOfficialEmail("a@gmail.com", ["Gmail.com"]).ok).toBe(true);
    expect(parseOfficialEmail("a@contoh.example.gov.my", [])).toEqual({ ok: false, error: "email_domain" });
  });
});

test("a personal mailbox may carry a tag and be anywhere", () => {
  expect(parseEmail("Aisyah+kunci@Example.com")).toEqual({ ok: true, value: "aisyah+kunci@example.com" });
});
