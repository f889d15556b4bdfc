import { describe, expect, test } from "vitest";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { type AskedProof, asksUnknownLevel, type Demand, demandOf, standingOf } from "./standing.ts";

const now = new Date("2026-11-20T07:15:00.000Z");
const ago = (n: number) => after(now, minutes(-n));
const proof = (factor: Factor, minutesAgo: number): Proof => ({
  factor,
  at: ago(minutesAgo).toISOString(),
});
const seconds = (at: Date) => at.getTime() / 1_000;
const demand = (asked: AskedProof, of: Partial<Parameters<typeof demandOf>[1]> = {}) =>
  demandOf(asked, { minimum: "aal1", own: "aal1", askedAt: ago(5), ...of });
const acrClaim = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });
const [AAL1, AAL2, PHR] = ["urn:kunci:aal1", "urn:kunci:aal2", "urn:kunci:aal2:phr"];

describe("the level that a sign-in at a system demands", () => {
  test.each<[string, AskedProof, Partial<Parameters<typeof demandOf>[1]>, string]>([
    ["is the lowest where nobody asks for more", {}, {}, "aal1"],
    ["is the system’s minimum, whatever it asks for", { acr_values: AAL1 }, { minimum: "aal2" }, "aal2"],
    ["is what the account asks for itself", {}, { own: "aal2" }, "aal2"],
    ["is what it names in acr_values", { acr_values: AAL2 }, {}, "aal2"],
    ["is the weakest of those that it would take", { acr_values: `${PHR} ${AAL2}` }, {}, "aal2"],
    ["is not raised by a level that nobody knows", { acr_values: "urn:other:loa3" }, {}, "aal1"],
    ["is that of the acr claim", acrClaim({ value: PHR }), {}, "aal2-phr"],
    ["is the weakest of the acr claim’s values", acrClaim({ essential: true, values: [PHR, AAL2] }), {}, "aal2"],
    ["is two factors where a transaction is to be approved", { authorization_details: "[]" }, {}, "aal2"],
    ["is no less for that", { authorization_details: "[]" }, { minimum: "aal2-phr" }, "aal2-phr"],
    [
      "is the higher of both ways to ask",
      { acr_values: AAL2, ...acrClaim({ essential: true, value: PHR }) },
      {},
      "aal2-phr",
    ],
  ])("%s", (_, asked, of, level) => {
    expect(demand(asked, of).level).toBe(level);
  });

  test("is out of reach where only levels that nobody knows would do", () => {
    expect(asksUnknownLevel(acrClaim({ essential: true, values: ["urn:other:loa3"] }).claims)).toBe(true);
    expect(asksUnknownLevel(acrClaim({ essential: true, values: ["urn:other:loa3", AAL2] }).claims)).toBe(false);
    expect(asksUnknownLevel(acrClaim({ values: ["urn:other:loa3"] }).claims)).toBe(false);
    expect(asksUnknownLevel(acrClaim({ essential: true }).claims)).toBe(false);
    expect(asksUnknownLevel(undefined)).toBe(false);
  });
});

describe("the proofs that count", () => {
  test("are all of the session’s where no age is asked for", () => {
    expect(demand({}).provenSince).toBeNull();
  });

  test("were not older than max_age when it was asked for, and with prompt=login are not older than that; the later of both", () => {
    expect(demand({ max_age: "600" }).provenSince).toEqual(ago(15));
    expect(demand({ prompt: "login consent" }).provenSince).toEqual(ago(5));
    expect(demand({ prompt: "login", max_age: "600" }).provenSince).toEqual(ago(5));
    expect(demand({ prompt: "consent" }).provenSince).toBeNull();
  });

  test("are all of the session’s where the age asked for is longer than a date can be", () => {
    const since = demand({ max_age: `${Number.MAX_SAFE_INTEGER}` }).provenSince;
    expect(since?.getTime()).toBeLessThan(ago(600).getTime());
    expect(standingOf([proof("password", 600)], { level: "aal1", provenSince: since, tells: null }).enough).toBe(true);
  });
});

describe("where somebody stands", () => {
  const asks = (level: Demand["level"], provenSince: Date | null = null): Demand => ({
    level,
    provenSince,
    tells: null,
  });

  test("is enough with the level reached, told by its methods and since when it is", () => {
    expect(standingOf([proof("password", 60), proof("totp", 20)], asks("aal1"))).toMatchObject({
      enough: true,
      acr: AAL2,
      amr: ["pwd", "otp", "mfa"],
      authTime: seconds(ago(60)),
    });
  });

  test("is known since the newest proofs that reach the level without the older ones", () => {
    const stepped = [proof("password", 60), proof("totp", 60), proof("passkey_verified", 3)];
    expect(standingOf(stepped, asks("aal2"))).toMatchObject({ acr: PHR, authTime: seconds(ago(3)) });
    const renewed = [proof("password", 10), proof("totp", 60)];
    expect(standingOf(renewed, asks("aal1"))).toMatchObject({ authTime: seconds(ago(60)) });
  });

  test("is too weak where no proof of the session reaches the level", () => {
    expect(standingOf([proof("password", 1)], asks("aal2"))).toMatchObject({ enough: false, why: "too_weak" });
    expect(standingOf([], asks("aal1"))).toMatchObject({ enough: false, why: "too_weak" });
  });

  test("is too old where the level was reached, but not lately enough", () => {
    const since = ago(5);
    const proofs = [proof("password", 60), proof("totp", 2)];
    expect(standingOf(proofs, asks("aal2", since))).toMatchObject({ enough: false, why: "too_old" });
    expect(standingOf(proofs, asks("aal1", since))).toMatchObject({ enough: true, acr: AAL1, amr: ["otp"] });
  });

  test("counts a proof of that very moment", () => {
    const at = ago(5);
    expect(standingOf([proof("password", 5)], asks("aal1", at)).enough).toBe(true);
    expect(standingOf([proof("password", 5)], asks("aal1", after(at, minutes(1)))).enough).toBe(false);
  });

  test("is told as the strongest level that is reached and that the system takes", () => {
    const known = [proof("passkey_verified", 1)];
    expect(standingOf(known, { ...asks("aal1"), tells: ["aal1", "aal2"] })).toMatchObject({ acr: AAL2 });
    expect(standingOf(known, { ...asks("aal1"), tells: ["aal1"] })).toMatchObject({ acr: AAL1 });
    expect(standingOf(known, { ...asks("aal1"), tells: ["aal2-phr", "aal1"] })).toMatchObject({ acr: PHR });
  });
});
