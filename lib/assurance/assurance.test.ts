import { describe, expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { type Aal, acrOf, assuranceOf, type Factor, fresh, levelOfAcr, levels, reaches } from "./assurance.ts";

const factors: Factor[] = [
  "password",
  "totp",
  "recovery_code",
  "passkey_verified",
  "passkey_present",
  "email_code",
  "google",
];

/** The table of the security rules, row by row: what is proven at the least, and the level it gives. */
const table: readonly { proofs: readonly Factor[]; level: Aal }[] = [
  { proofs: ["passkey_verified"], level: "aal2-phr" },
  { proofs: ["password", "totp"], level: "aal2" },
  { proofs: ["password", "recovery_code"], level: "aal2" },
  { proofs: ["password", "passkey_present"], level: "aal2" },
  { proofs: ["password"], level: "aal1" },
  { proofs: ["totp"], level: "aal1" },
  { proofs: ["passkey_present"], level: "aal1" },
  { proofs: ["email_code"], level: "aal1" },
  { proofs: ["google"], level: "aal1" },
];

/** The first row, strongest first, whose proofs are all there. */
const byTheTable = (set: readonly Factor[]): Aal | null =>
  table.find(({ proofs }) => proofs.every((proof) => set.includes(proof)))?.level ?? null;

const everySet = Array.from({ length: 2 ** factors.length }, (_, bits) => factors.filter((_, i) => bits & (1 << i)));
const levelOf = (set: readonly Factor[]) => assuranceOf(set.map((factor) => ({ factor })));
const atMostAal1 = (level: Aal | null) => level === null || level === "aal1";

describe("the assurance level", () => {
  test.each(everySet.map((set) => ({ said: set.join(" + ") || "nothing", set })))(
    "of $said is what the table says",
    ({ set }) => {
      expect(levelOf(set)).toBe(byTheTable(set));
      expect(levelOf([...set].reverse()), "whatever came first").toBe(byTheTable(set));
      expect(levelOf([...set, ...set]), "however often").toBe(byTheTable(set));
    },
  );

  test("covers every combination of the factors there are", () => {
    expect(new Set(everySet.map((set) => set.join())).size).toBe(128);
    expect([...new Set(table.flatMap(({ proofs }) => proofs)), "nothing"]).toHaveLength(factors.length + 1);
  });

  test("is never raised beyond AAL1 by a code sent by email, whatever it is combined with", () => {
    for (const set of everySet) {
      const without = set.filter((factor) => factor !== "email_code");
      const level = levelOf([...without, "email_code"]);
      expect(level).toBe(levelOf(without) ?? "aal1");
      if (atMostAal1(levelOf(without))) expect(level).toBe("aal1");
    }
    expect(levelOf(["password", "email_code", "google"])).toBe("aal1");
  });

  test("is never raised beyond AAL1 by Google, whatever it is combined with", () => {
    for (const set of everySet) {
      const without = set.filter((factor) => factor !== "google");
      expect(levelOf([...without, "google"])).toBe(levelOf(without) ?? "aal1");
    }
  });

  test("resists phishing with a verified passkey alone", () => {
    for (const set of everySet) expect(levelOf(set) === "aal2-phr").toBe(set.includes("passkey_verified"));
  });

  test("reaches AAL2 without a passkey only with the password among the proofs", () => {
    for (const set of everySet) if (levelOf(set) === "aal2") expect(set).toEqual(expect.arrayContaining(["password"]));
  });

  test("is none where nothing is proven, nor with a recovery code alone", () => {
    expect(assuranceOf([])).toBeNull();
    expect(levelOf(["recovery_code"])).toBeNull();
    for (const wanted of levels) expect(reaches(null, wanted)).toBe(false);
  });

  test("reaches its own and every lower one", () => {
    for (const [i, level] of levels.entries())
      for (const [j, wanted] of levels.entries()) expect(reaches(level, wanted)).toBe(i >= j);
  });

  test("is told to relying parties by its name", () => {
    expect(levels.map(acrOf)).toEqual(["urn:kunci:aal1", "urn:kunci:aal2", "urn:kunci:aal2:phr"]);
    expect(levels.map(acrOf).map(levelOfAcr)).toEqual(levels);
    for (const none of ["aal2", "urn:kunci:aal3", "", "toString", null, 2]) expect(levelOfAcr(none)).toBeNull();
  });

  test("of a step-up counts only proofs of the last ten minutes", () => {
    const now = new Date("2026-11-20T07:15:00Z");
    const proofs = [
      { factor: "password", at: "2026-11-20T07:04:59.999Z" },
      { factor: "totp", at: "2026-11-20T07:05:00Z" },
    ] as const;
    expect(fresh(proofs, now, minutes(10))).toEqual([proofs[1]]);
  });
});
