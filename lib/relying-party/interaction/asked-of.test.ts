import { expect, test } from "vitest";
import { levels } from "#lib/assurance/assurance.ts";
import { type AcrClaim, askedOf, type RequestOfSystem } from "./asked-of.ts";

const requestedAt = new Date("2026-11-20T07:15:00Z");
const request: RequestOfSystem = {
  acrValues: undefined,
  acrClaim: undefined,
  maxAge: undefined,
  asksLogin: false,
  requestedAt,
};
const nobodyAsks = { minimumLevel: "aal1", ofAccount: "aal1" } as const;
const levelFor = (wish: Partial<RequestOfSystem>) => askedOf({ ...request, ...wish }, nobodyAsks).level;

test("a system that asks for nothing is told who it is after any sign-in, however long ago", () => {
  expect(askedOf(request, nobodyAsks)).toEqual({ level: "aal1", since: null });
});

test("the highest that the system or the account asks for holds, whatever the request names", () => {
  for (const minimumLevel of levels)
    for (const ofAccount of levels)
      expect(
        levels.indexOf(askedOf({ ...request, acrValues: "urn:kunci:aal1" }, { minimumLevel, ofAccount }).level),
      ).toBe(Math.max(levels.indexOf(minimumLevel), levels.indexOf(ofAccount)));
});

test("of several levels that a request would take, the weakest is enough", () => {
  expect(levelFor({ acrValues: "urn:kunci:aal2:phr urn:kunci:aal2" })).toBe("aal2");
  expect(levelFor({ acrClaim: { values: ["urn:kunci:aal2:phr", "urn:kunci:aal2"] } })).toBe("aal2");
  expect(levelFor({ acrClaim: { essential: true, value: "urn:kunci:aal2:phr" } })).toBe("aal2-phr");
});

test("a wish among the claims and one among the parameters are both met", () => {
  expect(levelFor({ acrValues: "urn:kunci:aal1", acrClaim: { value: "urn:kunci:aal2" } })).toBe("aal2");
  expect(levelFor({ acrValues: "urn:kunci:aal2", acrClaim: { value: "urn:kunci:aal1" } })).toBe("aal2");
});

test("a level that is none of ours asks for nothing", () => {
  const odd: (AcrClaim | null)[] = [null, {}, { value: 2 }, { values: "urn:kunci:aal2" }, { values: [null, "silver"] }];
  for (const acrClaim of odd) expect(levelFor({ acrClaim })).toBe("aal1");
  for (const acrValues of ["", " ", "phrh", "urn:kunci:aal2;x"]) expect(levelFor({ acrValues })).toBe("aal1");
  expect(levelFor({ acrValues: "phrh urn:kunci:aal2" })).toBe("aal2");
});

test("an age is counted back from the request, and a sign-in anew from the request itself", () => {
  const since = (wish: Partial<RequestOfSystem>) => askedOf({ ...request, ...wish }, nobodyAsks).since;
  expect(since({ maxAge: 600 })).toEqual(new Date("2026-11-20T07:05:00Z"));
  expect(since({ maxAge: 0 })).toEqual(requestedAt);
  expect(since({ asksLogin: true, maxAge: 600 })).toEqual(requestedAt);
});
