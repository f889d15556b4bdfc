import { describe, expect, test } from "vitest";
import { minutes } from "#lib/kernel/time.ts";
import { type Aal, acrOf, assuranceOf, type Factor, fresh, levels, reaches } from "./assurance.ts";
import { requiredLevel } from "./policy.ts";

const factors: Factor[] = [
  "password",
  "totp",
  "recovery_code",
  "passkey_verified",
  "passkey_present",
  "email_code",
  "google",
];

/** Every set of factors, as the table of the security rules reads: looked up by its strongest row. */
function byTheTable(set: ReadonlySet<Factor>): Aal | null {
  if (set.has("passkey_verified")) return "aal2-phr";
  if (set.has("password") && (set.has("totp") || set.has("recovery_code") || set.has("passkey_present"))) return "aal2";
  if (
    set.has("password") ||
    set.has("totp") ||
    set.has("passkey_present") ||
    set.has("email_code") ||
    set.has("google")
  )
    return "aal1";
  return null;
}

const subsets = Array.from({ length: 2 ** factors.length }, (_, bits) => factors.filter((_, i) => bits & (1 << i)));

describe("the assurance level", () => {
  test.each(subsets)("of %j and what comes with it is what the table says", (...set) => {
    expect(assuranceOf(set.map((factor) => ({ factor })))).toBe(byTheTable(new Set(set)));
  });

  test("is not raised by an emailed code or Google on top of anything", () => {
    for (const set of subsets) {
      const without = set.filter((factor) => factor !== "email_code" && factor !== "google");
      const level = assuranceOf(set.map((factor) => ({ factor })));
      if (without.length > 0 && assuranceOf(without.map((factor) => ({ factor })))) {
        expect(level).toBe(assuranceOf(without.map((factor) => ({ factor }))));
      } else expect(["aal1", null]).toContain(level);
    }
  });

  test("nothing proven opens nothing, nor does a recovery code alone", () => {
    expect(assuranceOf([])).toBeNull();
    expect(assuranceOf([{ factor: "recovery_code" }])).toBeNull();
    expect(reaches(null, "aal1")).toBe(false);
  });

  test("reaches its own and every lower one", () => {
    for (const [i, level] of levels.entries())
      for (const [j, wanted] of levels.entries()) expect(reaches(level, wanted)).toBe(i >= j);
    expect(levels.map(acrOf)).toEqual(["urn:kunci:aal1", "urn:kunci:aal2", "urn:kunci:aal2:phr"]);
  });

  test("of a step-up counts only proofs of the last ten minutes", () => {
    const now = new Date("2026-11-20T07:15:00Z");
    const proofs = [
      { factor: "password", at: "2026-11-20T07:04:59Z" },
      { factor: "totp", at: "2026-11-20T07:05:00Z" },
    ] as const;
    expect(fresh(proofs, now, minutes(10))).toEqual([proofs[1]]);
  });

  test("that is required is the highest anybody asks for", () => {
    expect(requiredLevel({ portal: "aal1" })).toBe("aal1");
    expect(requiredLevel({ portal: "aal1", account: "aal2", relyingParty: "aal1" })).toBe("aal2");
    expect(requiredLevel({ portal: "aal1", account: "aal1", console: "aal2-phr" })).toBe("aal2-phr");
  });
});
