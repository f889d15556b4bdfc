import { describe, expect, test } from "vitest";
import { namesIdentity, understandSearch, understandWords } from "./understand-search.ts";

const meant = (typed: string) => {
  const understood = understandSearch(typed);
  if (!understood.ok) return understood.error;
  const { value } = understood;
  return value.by === "words" ? [...value.words, `@${value.domain}`] : value.by;
};

describe("one field understands", () => {
  test("a MyKad number with or without dashes, and says what is wrong with one", () => {
    for (const typed of ["650505050000", "650505-05-0000", " 650505 05 0000 ", "６５０５０５050000"]) {
      const understood = understandSearch(typed);
      expect(understood, typed).toMatchObject({
        value: { by: "identity", surely: true, identities: [{ type: "mykad", number: "650505050000" }] },
      });
    }
    for (const typed of ["Siti 650505050000", "No. KP: 650505-05-0000 (Siti)", "650505 05 0000 siti@contoh"])
      expect(understandSearch(typed), typed).toMatchObject({
        value: { by: "identity", surely: true, identities: [{ type: "mykad", number: "650505050000" }] },
      });
    expect(meant("6505050500")).toBe("mykad_length");
    expect(meant("651305050000")).toBe("mykad_date");
  });

  test("a passport's number, of every country but Malaysia", () => {
    const understood = understandSearch("a1234567");
    if (!understood.ok || understood.value.by !== "identity") throw new Error("It is a passport's number");
    const countries = understood.value.identities.map((identity) => "country" in identity && identity.country);
    expect(countries).toEqual(expect.arrayContaining(["ID", "BD", "SG"]));
    expect(countries).not.toContain("MY");
    expect(understood.value).toMatchObject({ surely: true });
    expect(understandSearch("pegawai42"), "which a mailbox may begin with, too").toMatchObject({
      value: { by: "identity", surely: false },
    });
  });

  test("a mailbox, or the beginning of one", () => {
    expect(meant("aisyah.contoh@CONTOH.example")).toEqual(["aisyah", "contoh", "@contoh.example"]);
    expect(meant("aisyah@")).toEqual(["aisyah", "@"]);
  });

  test("a name, however it is written", () => {
    expect(meant("Siti Contoh @ Ujian")).toEqual(["siti", "contoh", "ujian", "@"]);
    expect(meant("12 Kumar")).toEqual(["12", "kumar", "@"]);
  });

  test("nothing in what says nothing", () => {
    for (const typed of ["bin", "%", "@", "@contoh.example.gov.my", "…"])
      expect(meant(typed), typed).toBe("search_says_nothing");
    expect(understandWords("anak").ok).toBe(false);
  });
});

test("what is, or may be part of, an identity number is kept out of addresses", () => {
  for (const typed of [
    "650505050000",
    "650505-05",
    "651305050000",
    "a1234567",
    "650505",
    "Siti 650505-05-0000",
    "pasport A1234567 Siti",
    "siti@650505050000",
  ])
    expect(namesIdentity(typed), typed).toBe(true);
  for (const typed of ["Aisyah", "bin", "pegawai42", "pegawai.4@contoh", "12"])
    expect(namesIdentity(typed), typed).toBe(false);
});
