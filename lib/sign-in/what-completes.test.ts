import { describe, expect, test } from "vitest";
import type { Factor } from "#lib/assurance/assurance.ts";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { whatCompletes } from "./what-completes.ts";

const nothing: Enrolled = {
  password: false,
  passkeys: 0,
  totp: false,
  recoveryCodesLeft: 0,
  emailCode: false,
  google: false,
  asksTwoFactors: true,
};
const everything: Enrolled = {
  ...nothing,
  password: true,
  passkeys: 2,
  totp: true,
  recoveryCodesLeft: 10,
  emailCode: true,
};
const proven = (...factors: Factor[]) => factors.map((factor) => ({ factor }));

describe("what is asked for next", () => {
  test("after a password at two factors is what raises a password", () => {
    expect(whatCompletes(proven("password"), everything, "aal2")).toEqual([
      "passkey_verified",
      "totp",
      "recovery_code",
    ]);
  });

  test("after a code of the app is a password or a passkey, and no recovery code, which adds nothing to it", () => {
    expect(whatCompletes(proven("totp"), everything, "aal2")).toEqual(["passkey_verified", "password"]);
  });

  test("after a code by email, which counts for nothing above the first level, is the whole of the two factors", () => {
    expect(whatCompletes(proven("email_code"), everything, "aal2")).toEqual([
      "passkey_verified",
      "totp",
      "password",
      "recovery_code",
    ]);
  });

  test("at the phishing-resistant level is a passkey alone", () => {
    expect(whatCompletes(proven("password", "totp"), everything, "aal2-phr")).toEqual(["passkey_verified"]);
  });

  test("is only what the account has", () => {
    const { passkeys: _, ...app } = everything;
    expect(whatCompletes(proven("password"), { ...app, passkeys: 0 }, "aal2")).toEqual(["totp", "recovery_code"]);
    expect(whatCompletes(proven("password"), { ...nothing, password: true }, "aal2")).toEqual([]);
    expect(whatCompletes(proven("totp"), { ...nothing, totp: true }, "aal2")).toEqual([]);
  });

  test("at one factor is anything that opens by itself", () => {
    expect(whatCompletes([], everything, "aal1")).toEqual(["passkey_verified", "totp", "password", "email_code"]);
  });

  test("is nothing once the level is reached", () => {
    expect(whatCompletes(proven("password", "totp"), everything, "aal2")).toEqual([]);
  });
});
