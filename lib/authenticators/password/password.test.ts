import { describe, expect, test } from "vitest";
import { commonForm, isPredictable } from "./common-form.ts";
import { commonSuffixes, isCommonPassword } from "./is-common-password.ts";
import { refusePassword, unmetRules } from "./refuse-password.ts";
import { checkPassword, type PasswordPolicy, type PasswordRule } from "./rules.ts";

const person = {
  fullName: "Nur Aisyah binti Contoh @ Ali",
  officialEmail: "pegawai.satu@contoh.example.gov.my",
  identity: { number: "900101140000" },
};
const met = (policy: PasswordPolicy, plain: string): PasswordRule[] =>
  checkPassword(policy, plain, person).flatMap((each) => (each.met ? [each.rule] : []));

describe("the checklist", () => {
  test.each([
    ["", []],
    ["a", ["lower", "personal"]],
    ["Hujan di Tepi", ["length", "lower", "upper", "personal"]],
    ["Hujan di Tepi 7", ["length", "lower", "upper", "digit", "personal"]],
    ["Hujan di Tepi 7#", ["length", "lower", "upper", "digit", "special", "personal"]],
    ["hujantepisungai", ["length", "lower", "personal"]],
    ["😀😀😀😀😀😀😀😀😀😀😀😀", ["length", "special", "personal"]],
    ["😀😀😀😀😀😀😀😀😀😀😀", ["special", "personal"]],
    ["e\u0301".repeat(11), ["lower", "personal"]],
    ["ÉàÉàÉàÉàÉàÉà٧", ["length", "lower", "upper", "digit", "personal"]],
  ])("of jpa for %j ticks %j", (plain, rules) => expect(met("jpa", plain)).toEqual(rules));

  test("of nist asks for fifteen characters of any kind", () => {
    expect(met("nist", "hujan di tepi s")).toEqual(["length", "personal"]);
    expect(met("nist", "hujan di tepi ")).toEqual(["personal"]);
  });

  test.each([
    ["a part of the name", "Hujan-Aisyah-77"],
    ["a part of the name, disguised", "Hujan-@1sy4h-77"],
    ["a part of the name in capitals with accents", "Hujan-ÁISYAH-77"],
    ["a three-letter name on its own", "Hujan-Ali-Tepi-77"],
    ["a three-letter name before digits", "Ali1999#HujanTepi"],
    ["the mailbox", "Pegawai.Satu#2026"],
    ["a part of the mailbox", "HujanPegawai#77"],
    ["the identity number", "Hujan900101140000#"],
    ["the identity number with dashes", "Hujan 900101-14-0000"],
    ["the birth date", "Hujan#900101tepi"],
    ["the birth date from the day", "Hujan#010190tepi"],
    ["the birth date in full", "Hujan#01-01-1990"],
    ["the end of the identity number", "Hujan#140000tepi"],
    ["the portal's name", "Hujan#Kunci77tepi"],
    ["the portal's name, disguised", "Hujan#kunc!77Tepi"],
  ])("sees %s", (_, plain) => expect(met("nist", plain)).not.toContain("personal"));

  test.each([
    ["a three-letter name inside an ordinary word", "Kualiti-Hujan-77"],
    ["the last four of the identity number alone", "Hujan#0000-Tepi"],
    ["binti, which is nobody's name", "Hujan#Binti-Tepi7"],
    ["the mailbox's domain", "Hujan-Example-77x"],
  ])("does not mind %s", (_, plain) => expect(met("nist", plain)).toContain("personal"));

  test("in a browser knows of the identity number what its mask shows", () => {
    const shown = { ...person, identity: { number: "900101" } };
    const isMet = (plain: string) => checkPassword("nist", plain, shown).find((each) => each.rule === "personal")?.met;
    expect([isMet("Hujan#900101tepi"), isMet("Hujan#010190tepi"), isMet("Hujan#140000tepi")]).toEqual([
      false,
      false,
      true,
    ]);
    expect(
      checkPassword("nist", "Hujan di Tepi 7", { ...person, identity: { number: "A1" } }).every((each) => each.met),
    ).toBe(true);
  });
});

describe("a common password", () => {
  test.each([
    "password",
    "P@ssw0rd1234!",
    "PASSWORD-2026",
    "passwordpassword",
    "p a s s w o r d",
    "ｐａｓｓｗｏｒｄ",
    "1234567890123456",
    "!!!Sunshine!!!2026",
    "Qwerty12345!",
    "Abcd1234!@#$",
    "aaaaaaaaaaaaaaaa",
    "1qaz2wsx3edc4rfv",
    "Malaysia@2026",
    "KataLaluan123!",
    "Selangor#12345",
    "S@yang12345!",
  ])("is seen in %j", async (plain) => expect(await isCommonPassword(plain)).toBe(true));

  test.each([
    "Hujan di Tepi Sungai 7#",
    "x9K#vv2!pQzL",
    "8392!7#50@16aB",
    "Teh-Tarik-Kurang-Manis-7",
    "gajah berenang malam minggu",
  ])("is not seen in %j", async (plain) => expect(await isCommonPassword(plain)).toBe(false));

  test("is looked for in its common form, in good time even for the longest", () => {
    expect(commonForm("P@ssw0rd1234!")).toBe(commonForm("password"));
    expect(commonForm("abcabcabc")).toBe(commonForm("abc"));
    // What looks at every place from every place takes longer than a test is given.
    for (const plain of ["a".repeat(10_000_000), `${"ab".repeat(63)}c`, "\u0301".repeat(128)]) {
      commonForm(plain);
      isPredictable(plain.slice(0, 128));
    }
  });

  test("stands in one of 4,096 buckets, each of a few, together tens of thousands", async () => {
    const sizes = await Promise.all(
      Array.from({ length: 4_096 }, async (_, at) => (await commonSuffixes(at.toString(16).padStart(3, "0"))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(40_000);
    expect(Math.max(...sizes)).toBeLessThan(40);
  });
});

describe("setting a password", () => {
  test.each([
    ["jpa", "Hujan di Tepi Sungai 7#", null],
    ["jpa", "Pendek1#", "password_length_jpa"],
    ["jpa", "HUJAN DI TEPI 7#", "password_lower"],
    ["jpa", "hujan di tepi 7#", "password_upper"],
    ["jpa", "Hujan di Tepi #", "password_digit"],
    ["jpa", "Hujan di Tepi 7", "password_special"],
    ["jpa", "P@ssw0rd1234!", "password_common"],
    ["jpa", "Hujan di Aisyah 7#", "password_personal"],
    ["jpa", "a".repeat(129), "password_too_long"],
    ["nist", "hujan di tepi sungai", null],
    ["nist", "hujan di tepi", "password_length_nist"],
    ["nist", "passwordpassword", "password_common"],
    ["nist", "hujan di tepi aisyah", "password_personal"],
    ["nist", "hujan ".repeat(21), null],
  ] as const)("under %s with %j: %s", async (policy, plain, refusal) =>
    expect(await refusePassword(policy, plain, person)).toBe(refusal),
  );

  test("what is unmet is told in the order of the checklist", async () => {
    expect(await unmetRules("jpa", "password", person)).toEqual(["length", "upper", "digit", "special", "common"]);
    expect(await unmetRules("nist", "password", person)).toEqual(["length", "common"]);
  });
});
