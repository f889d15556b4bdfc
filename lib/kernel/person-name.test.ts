import { describe, expect, test } from "vitest";
import { parsePersonName } from "./person-name.ts";

describe("a name", () => {
  test.each([
    "Nur Aisyah binti Contoh",
    "CONTOH BIN TELADAN",
    "Muthu A/L Contoh",
    "Devi a/p Contoh",
    "Contoh @ Teladan bin Misal",
    "Dato' Contoh",
    "Dato\u2019 Contoh",
    "Nu\u02bcman",
    "'Abdul Contoh",
    "Tan Contoh-Teladan",
    "Dr. Contoh",
    "Contoh",
    "K",
    "O",
    "Contoh (Teladan)",
    "Contoh anak Teladan",
    "Đỗ Thị Mẫu",
    "Zoë Müller-Łukasz",
    "M\u0331",
  ])("is kept as typed: %s", (name) => expect(parsePersonName(name)).toEqual({ ok: true, value: name }));

  test("has single spaces and none around it", () => {
    expect(parsePersonName("  Nur \u00a0 Aisyah\u3000Contoh ")).toEqual({ ok: true, value: "Nur Aisyah Contoh" });
  });

  test.each([
    ["Ｎｕｒ Ａｉｓｙａｈ", "Nur Aisyah"],
    ["Ra\ufb01q", "Rafiq"],
    ["Nur\u1d43", "Nura"],
  ])("has plain letters: %s", (typed, value) => expect(parsePersonName(typed)).toEqual({ ok: true, value }));

  test("may have 120 characters", () => {
    expect(parsePersonName("a".repeat(120)).ok).toBe(true);
    expect(parsePersonName("é".normalize("NFD").repeat(120)).ok).toBe(true);
    expect(parsePersonName("a".repeat(121))).toEqual({ ok: false, error: "name_too_long" });
  });

  test.each([
    ["name_characters", ""],
    ["name_characters", "@"],
    ["name_characters", "'"],
    ["name_characters", "A_B"],
    ["name_characters", "<script>alert()</script>"],
    ["name_characters", "Aisyah & Contoh"],
    ["name_characters", "Aisyah 😀"],
    ["name_characters", "Aisyah\0"],
    ["name_characters", "Aisyah\r\nBcc: x"],
    ["name_characters", "\u202eAisyah"],
    ["name_characters", "Ai\u200bsyah"],
    ["name_characters", "=HYPERLINK(x)"],
    ["name_characters", "@SUM(x)"],
    ["name_characters", "-Aisyah"],
    ["name_characters", "{{Aisyah}}"],
    ["name_characters", "Aisyah; drop"],
    ["name_characters", "A\u0300\u0316\u0317isyah"],
    ["name_characters", "Aisyah™"],
    ["name_digits", "Aisyah 2"],
    ["name_digits", "Aisyah ２"],
    ["name_digits", "Aisyah Ⅳ"],
    ["name_digits", "900101-14-0000"],
    ["name_script", "张三"],
    ["name_script", "نور عائشة"],
    ["name_script", "Аisyah"], // the first letter is Cyrillic
    ["name_script", "Devi தேவி"],
  ])("is refused as %s: %s", (error, typed) => expect(parsePersonName(typed)).toEqual({ ok: false, error }));
});

test.each([
  "Sahkan di www.kunci.example",
  "kunci-gov.example/masuk",
  "Ali a.b.com",
  "Nama/Lain",
  "A/Lain",
  "ali@kunci",
])("what a mail program would make a link of is no name: %s", (text) =>
  expect(parsePersonName(text)).toEqual({ ok: false, error: "name_characters" }),
);

test.each([
  "Dr. Contoh",
  "Kumar A/L Contoh",
  "kumar a/l contoh",
  "S.K. Contoh",
  "M. Contoh D/O Rekaan",
  "Siti Contoh @ Rekaan",
])("initials and patronymics stay: %s", (text) => expect(parsePersonName(text)).toEqual({ ok: true, value: text }));
