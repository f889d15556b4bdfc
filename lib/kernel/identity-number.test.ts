import { describe, expect, test } from "vitest";
import { countries, isCountry } from "./countries.ts";
import {
  canonical,
  type IdentityNumber,
  lastFour,
  maskIdentity,
  matchesLastFour,
  parseIdentityNumber,
} from "./identity-number.ts";

const mykad = (number: string) => parseIdentityNumber({ number });
const passport = (number: string, country: string | null = "ID") =>
  parseIdentityNumber({ type: "passport", number, country });
const aMyKad: IdentityNumber = { type: "mykad", number: "900101140000" };
const aPassport: IdentityNumber = { type: "passport", country: "ID", number: "A12C0000" };

describe("a MyKad", () => {
  test.each([
    ["plain digits", "900101140000"],
    ["dashes", "900101-14-0000"],
    ["spaces around and between", "  900101 14 0000 "],
    ["en dashes", "900101–14–0000"],
    ["em dashes", "900101—14—0000"],
    ["non-breaking hyphens", "900101\u201114\u20110000"],
    ["minus signs", "900101\u221214\u22120000"],
    ["full-width dashes and digits", "９００１０１－１４－００００"],
    ["non-breaking spaces", "900101\u00a014\u00a00000"],
    ["ideographic spaces", "900101\u300014\u30000000"],
    ["Arabic-Indic digits", "٩٠٠١٠١١٤٠٠٠٠"],
    ["Persian digits", "۹۰۰۱۰۱۱۴۰۰۰۰"],
    ["Devanagari digits", "९००१०१-१४-००००"],
    ["Tamil digits", "௯௦௦௧௦௧௧௪௦௦௦௦"],
    ["mathematical digits", "𝟗𝟎𝟎𝟏𝟎𝟏𝟏𝟒𝟎𝟎𝟎𝟎"],
  ])("is read with %s", (_, typed) => expect(mykad(typed)).toEqual({ ok: true, value: aMyKad }));

  test.each([
    ["mykad_length", "", "nothing"],
    ["mykad_length", "90010114000", "eleven digits"],
    ["mykad_length", "9001011400000", "thirteen digits"],
    ["mykad_length", "1".repeat(100_000), "a flood of digits"],
    ["mykad_characters", "90010114000O", "a letter O for a zero"],
    ["mykad_characters", "A1234567", "an old identity card"],
    ["mykad_characters", "900101/14/0000", "slashes"],
    ["mykad_characters", "+900101140000", "a sign"],
    ["mykad_characters", "900101140000<script>", "markup"],
    ["mykad_characters", "900101-14-0000\n", "a line feed"],
    ["mykad_characters", "90010114000½", "a fraction"],
    ["mykad_characters", "9.0010114e11", "a spreadsheet's number"],
    ["mykad_date", "901301-14-0000", "month 13"],
    ["mykad_date", "900001-14-0000", "month 0"],
    ["mykad_date", "900100-14-0000", "day 0"],
    ["mykad_date", "900132-14-0000", "day 32"],
    ["mykad_date", "900431-14-0000", "31 April"],
    ["mykad_date", "900230-14-0000", "30 February"],
    ["mykad_date", "990229-14-0000", "29 February of a common year"],
    ["mykad_birthplace", "900101-00-0000", "place 00"],
  ])("is refused as %s: %s (%s)", (error, typed) => expect(mykad(typed)).toEqual({ ok: false, error }));

  test("may be of 29 February in a leap year of either century", () => {
    for (const date of ["000229", "040229", "960229"]) expect(mykad(`${date}140000`).ok).toBe(true);
  });

  test("has one of the birthplace codes that are issued, and no other", () => {
    const codes = Array.from({ length: 100 }, (_, code) => String(code).padStart(2, "0"));
    const refused = codes.filter((code) => !mykad(`900101${code}0000`).ok);
    expect(refused).toEqual(["00", "17", "18", "19", "20", "69", "70", "73", "80", "81", "94", "95", "96", "97"]);
  });

  test("is what an absent or empty type means", () => {
    for (const type of [undefined, null, "", "mykad"]) {
      expect(
        parseIdentityNumber(type === undefined ? { number: "900101140000" } : { type, number: "900101140000" }).ok,
      ).toBe(true);
    }
    for (const type of ["MyKad", "mykid", "__proto__"]) {
      expect(parseIdentityNumber({ type, number: "900101140000" })).toEqual({ ok: false, error: "identity_type" });
    }
  });

  test("reads the digits of every script", () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const digit = String.fromCodePoint(code);
      if (!/\p{Decimal_Number}/u.test(digit)) continue;
      if (!mykad(`90010114000${digit}`).ok) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });
});

describe("a passport", () => {
  test.each([
    ["lower case", "a12c0000"],
    ["dashes and spaces", " A12-C 0000"],
    ["full width", "Ａ１２Ｃ００００"],
  ])("is read in %s", (_, typed) => expect(passport(typed)).toEqual({ ok: true, value: aPassport }));

  test("takes its country in either case", () =>
    expect(passport("A12C0000", "id")).toEqual({ ok: true, value: aPassport }));

  test.each([
    ["passport_length", "A123", "ID"],
    ["passport_length", `${"A".repeat(20)}1`, "ID"],
    ["passport_characters", "A12C000Ω", "ID"],
    ["passport_characters", "А12C0000", "ID"], // the first letter is Cyrillic
    ["passport_characters", "A12C000ı", "ID"],
    ["passport_characters", "A12C000ß", "ID"],
    ["passport_characters", "A12C\u202e0000", "ID"],
    ["passport_characters", "A12C😀0000", "ID"],
    ["passport_characters", "PASSPORT", "ID"],
    ["passport_country", "A12C0000", ""],
    ["passport_country", "A12C0000", "IDN"],
    ["passport_country", "A12C0000", "ZZ"],
    ["passport_country", "A12C0000", "__proto__"],
    ["passport_country", "A12C0000", null],
    ["passport_malaysian", "A12C0000", "MY"],
  ])("is refused as %s: %s of %s", (error, typed, country) =>
    expect(passport(typed, country)).toEqual({ ok: false, error }),
  );
});

describe("an identity", () => {
  test("is looked up by one spelling, and a passport never meets a MyKad", () => {
    expect(canonical(aMyKad)).toBe("mykad:900101140000");
    expect(canonical(aPassport)).toBe("passport:ID:A12C0000");
    expect(canonical({ ...aPassport, country: "SG" })).not.toBe(canonical(aPassport));
  });

  test("is shown masked, a passport without its length", () => {
    expect(maskIdentity(aMyKad)).toBe("900101-••-••••");
    expect(maskIdentity(aPassport)).toBe("A1••••••");
    expect(maskIdentity({ ...aPassport, number: "A1234567890" })).toBe("A1••••••");
  });

  test("is known by its last four characters, however they are typed", () => {
    expect(lastFour({ type: "mykad", number: "900101140000" })).toBe("0000");
    const holder: IdentityNumber = { type: "passport", country: "ID", number: "A120C4D" };
    for (const typed of ["0C4D", "0c4d", " 0c-4d ", "０Ｃ４Ｄ"]) expect(matchesLastFour(holder, typed)).toBe(true);
    for (const typed of ["", "C4D", "20C4D", "0C4E", "A120C4D"]) expect(matchesLastFour(holder, typed)).toBe(false);
  });
});

describe("the list of countries", () => {
  test("is sorted by the names of the language, without Malaysia", () => {
    for (const language of ["ms", "en"] as const) {
      const names = countries(language).map((country) => country.name);
      expect(names).toEqual([...names].sort(new Intl.Collator(language).compare));
      expect(countries(language).some((country) => country.code === "MY")).toBe(false);
      expect(names.length).toBeGreaterThan(245);
      expect(countries(language).every((country) => isCountry(country.code))).toBe(true);
    }
    expect(countries("ms").find((country) => country.code === "SG")?.name).toBe("Singapura");
    expect(countries("en").find((country) => country.code === "SG")?.name).toBe("Singapore");
  });
});
