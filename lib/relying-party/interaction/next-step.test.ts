import { describe, expect, test } from "vitest";
import type { Factor, Proof } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { before as earlier, minutes, seconds } from "#lib/kernel/time.ts";
import { type Demand, demandOf, standingOf } from "../provider/session/standing.ts";
import { nextStep, type OnTheWay } from "./next-step.ts";

const now = new Date("2026-11-20T07:15:00Z");
const nothing: Demand = { level: "aal1", provenSince: null, tells: null };
const demand = (wanted: Partial<Demand>): Demand => ({ ...nothing, ...wanted });
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
const password = proven(["password"]);

type Person = NonNullable<OnTheWay["person"]>;
const standing = (asked: Demand, proofs: readonly Proof[] = password) => standingOf(proofs, asked);
const step = (person: Partial<Person> = {}, request: OnTheWay["request"] = { isAnswered: false }) =>
  nextStep({
    request,
    person: {
      isMeant: true,
      refusal: null,
      standing: standing(nothing),
      enrolled,
      toAgreeTo: null,
      approval: null,
      ...person,
    },
  });

/** Asked for everything there is to ask for, and in vain. */
const barred: Partial<Person> = {
  isMeant: false,
  refusal: "no_role",
  standing: standing(demand({ level: "aal2-phr", provenSince: now })),
  toAgreeTo: ["email"],
};

describe("on the way from a system, what comes next is", () => {
  test("the system again, for whoever is signed in well enough and may open it", () => {
    expect(step()).toEqual({ step: "go_on" });
  });

  test("nothing, where there is no request in this browser, whoever is signed in", () => {
    expect(step({}, null)).toEqual({ step: "expired" });
    expect(nextStep({ request: null, person: null })).toEqual({ step: "expired" });
  });

  test("the system again, for whoever turned back, signed in or not and whatever was asked", () => {
    expect(step(barred, { isAnswered: true })).toEqual({ step: "go_on" });
    expect(nextStep({ request: { isAnswered: true }, person: null })).toEqual({ step: "go_on" });
  });

  test("signing in, for nobody", () => {
    expect(nextStep({ request: { isAnswered: false }, person: null })).toEqual({ step: "sign_in" });
  });

  test("another person, where the system means somebody else: nothing of this one’s access is told", () => {
    expect(step(barred)).toEqual({ step: "other_person" });
  });

  test.each(["no_role", "awaiting_confirmation", "disabled"] as const)(
    "a refusal (%s), before anything is to be proven or agreed to",
    (refusal) => {
      expect(step({ ...barred, isMeant: true, refusal })).toEqual({ step: "no_access", why: refusal });
    },
  );

  test("a further proof, where the level was never reached", () => {
    const asked = demand({ level: "aal2" });
    expect(step({ standing: standing(asked) })).toEqual({
      step: "step_up",
      why: "too_weak",
      level: "aal2",
      since: null,
    });
    expect(step({ standing: standing(asked, proven(["password", "totp"])) })).toEqual({ step: "go_on" });
  });

  test("a further proof, where the level was reached too long ago, to the moment", () => {
    const since = earlier(now, minutes(5));
    const asked = demand({ level: "aal2", provenSince: since });
    const at = (when: Date) => ({ standing: standing(asked, proven(["password", "totp"], when)) });
    expect(step(at(since))).toEqual({ step: "go_on" });
    const old = earlier(since, seconds(1));
    expect(step(at(old))).toEqual({ step: "step_up", why: "too_old", level: "aal2", since });
    const half = [...proven(["password"], old), ...proven(["totp"])];
    expect(step({ standing: standing(asked, half) })).toMatchObject({ why: "too_old" });
  });

  test("enrolling, where nothing they have reaches the level", () => {
    const phr = { standing: standing(demand({ level: "aal2-phr" })) };
    expect(step(phr)).toEqual({ step: "enrol", level: "aal2-phr" });
    expect(step({ ...phr, enrolled: { ...enrolled, passkeys: 1 } })).toMatchObject({ step: "step_up" });
    const two = { standing: standing(demand({ level: "aal2" })) };
    expect(step({ ...two, enrolled: { ...enrolled, totp: false } })).toEqual({ step: "enrol", level: "aal2" });
  });

  test("agreeing, last of all", () => {
    const toAgreeTo = ["profile", "email"];
    expect(step({ toAgreeTo })).toEqual({ step: "consent", scopes: toAgreeTo });
    expect(step({ toAgreeTo, standing: standing(demand({ level: "aal2" })) })).toMatchObject({ step: "step_up" });
  });

  describe("where a transaction is to be approved,", () => {
    const ask = { is: "ask", approvalId: "one" } as const;

    test("deciding it, by what the person has", () => {
      const by = { app: true, passkey: false };
      expect(step({ approval: ask })).toEqual({ step: "approve", approvalId: "one", by });
      const passkey = { ...enrolled, totp: false, passkeys: 1 };
      expect(step({ approval: ask, enrolled: passkey })).toMatchObject({ by: { app: false, passkey: true } });
    });

    test("by a passkey alone, where what is asked resists phishing: nobody is phished of the word itself", () => {
      const proofs = proven(["passkey_verified"]);
      const strong = { approval: ask, standing: standing(demand({ level: "aal2-phr" }), proofs) };
      const by = { app: false, passkey: true };
      expect(step({ ...strong, enrolled: { ...enrolled, passkeys: 1 } })).toMatchObject({ step: "approve", by });
      expect(step(strong)).toEqual({ step: "enrol", level: "aal2-phr" });
    });

    test("setting up an app or a passkey, for whoever came in by a recovery code and has neither", () => {
      const left = { ...enrolled, totp: false, recoveryCodesLeft: 3 };
      expect(step({ approval: ask, enrolled: left })).toEqual({ step: "enrol", level: "aal2" });
    });

    test("everything else first: nothing of it is shown to whoever is not known well enough, or has not agreed", () => {
      const weak = standing(demandOf({ authorization_details: "[]" }, { minimum: "aal1", own: "aal1", askedAt: now }));
      expect(step({ approval: ask, standing: weak })).toMatchObject({ step: "step_up", level: "aal2" });
      expect(step({ approval: ask, toAgreeTo: ["email"] })).toMatchObject({ step: "consent" });
      expect(step({ approval: ask, refusal: "no_role" })).toMatchObject({ step: "no_access" });
    });

    test.each(["expired", "no_role", "other_person", "other_session"] as const)("why it is not theirs (%s)", (why) => {
      const approval = { is: "not_theirs", why, approvalId: "one" } as const;
      expect(step({ approval })).toEqual({ step: "not_approvable", why });
    });

    test.each(["approved", "refused"] as const)("the system again, once it is %s", (is) => {
      expect(step({ approval: { is, approvalId: "one" } })).toEqual({ step: "go_on" });
    });
  });
});
