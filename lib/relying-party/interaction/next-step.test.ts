import { describe, expect, test } from "vitest";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { before as earlier, minutes, seconds } from "#lib/kernel/time.ts";
import { nextStep, type OnTheWay } from "./next-step.ts";

const now = new Date("2026-11-20T07:15:00Z");
const enrolled: Enrolled = {
  password: true,
  passkeys: 0,
  totp: true,
  recoveryCodesLeft: 0,
  emailCode: false,
  google: false,
  asksTwoFactors: false,
};
const proven = (factors: readonly Factor[], at = now): Proof[] =>
  factors.map((factor) => ({ factor, at: at.toISOString() }));

type Person = NonNullable<OnTheWay["person"]>;
const somebody = (wanted: Partial<Person> = {}): Person => ({
  proofs: proven(["password"]),
  enrolled,
  isMeant: true,
  refusal: null,
  ...wanted,
});
const step = (wanted: Partial<OnTheWay> = {}) =>
  nextStep({
    request: { isAnswered: false },
    person: somebody(),
    asked: { level: "aal1", since: null },
    toAgreeTo: null,
    ...wanted,
  });

describe("on the way from a system, what comes next is", () => {
  test("the system again, for whoever is signed in well enough and may open it", () => {
    expect(step()).toEqual({ step: "go_on" });
  });

  test("nothing, where there is no request in this browser, whoever is signed in", () => {
    expect(step({ request: null })).toEqual({ step: "expired" });
    expect(step({ request: null, person: null })).toEqual({ step: "expired" });
  });

  test("the system again, for whoever turned back, signed in or not and whatever was asked", () => {
    const request = { isAnswered: true };
    for (const person of [null, somebody({ refusal: "no_role" }), somebody({ isMeant: false })])
      expect(step({ request, person, asked: { level: "aal2-phr", since: now }, toAgreeTo: ["email"] })).toEqual({
        step: "go_on",
      });
  });

  test("signing in, for nobody", () => {
    expect(step({ person: null })).toEqual({ step: "sign_in" });
  });

  test("another person, where the system means somebody else: nothing of this one’s access is told", () => {
    expect(step({ person: somebody({ isMeant: false, refusal: "no_role" }) })).toEqual({ step: "other_person" });
  });

  test.each(["no_role", "awaiting_confirmation", "disabled"] as const)(
    "a refusal (%s), before anything is to be proven or agreed to",
    (refusal) => {
      const asked = { level: "aal2-phr", since: now } as const;
      expect(step({ person: somebody({ refusal }), asked, toAgreeTo: ["email"] })).toEqual({
        step: "no_access",
        why: refusal,
      });
    },
  );

  test("a further proof, where the level was never reached", () => {
    const asked = { level: "aal2", since: null } as const;
    expect(step({ asked })).toEqual({ step: "step_up", why: "too_weak", asked });
    expect(step({ asked, person: somebody({ proofs: proven(["password", "totp"]) }) })).toEqual({ step: "go_on" });
  });

  test("a further proof, where the level was reached too long ago, to the moment", () => {
    const asked = { level: "aal2", since: earlier(now, minutes(5)) } as const;
    const at = (when: Date) => somebody({ proofs: proven(["password", "totp"], when) });
    expect(step({ asked, person: at(asked.since) })).toEqual({ step: "go_on" });
    const old = earlier(asked.since, seconds(1));
    expect(step({ asked, person: at(old) })).toEqual({ step: "step_up", why: "too_old", asked });
    const half = [...proven(["password"], old), ...proven(["totp"])];
    expect(step({ asked, person: somebody({ proofs: half }) })).toMatchObject({ why: "too_old" });
  });

  test("enrolling, where nothing they have reaches the level", () => {
    const asked = { level: "aal2-phr", since: null } as const;
    expect(step({ asked })).toEqual({ step: "enrol", level: "aal2-phr" });
    const withPasskey = { ...enrolled, passkeys: 1 };
    expect(step({ asked, person: somebody({ enrolled: withPasskey }) })).toMatchObject({ step: "step_up" });
    const bare = { ...enrolled, totp: false };
    expect(step({ asked: { ...asked, level: "aal2" }, person: somebody({ enrolled: bare }) })).toMatchObject({
      step: "enrol",
    });
  });

  test("agreeing, last of all", () => {
    const toAgreeTo = ["profile", "email"];
    expect(step({ toAgreeTo })).toEqual({ step: "consent", scopes: toAgreeTo });
    expect(step({ toAgreeTo, asked: { level: "aal2", since: null } })).toMatchObject({ step: "step_up" });
  });
});
