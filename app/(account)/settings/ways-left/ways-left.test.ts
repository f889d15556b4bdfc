import { describe, expect, test } from "vitest";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import { waysLeft } from "./ways-left.ts";

const nothing: Enrolled = {
  password: false,
  passkeys: 0,
  totp: false,
  recoveryCodesLeft: 0,
  emailCode: false,
  google: false,
  asksTwoFactors: true,
};
const ways = (left: Partial<Enrolled>) => waysLeft({ ...nothing, ...left }, { twoFactors: "owner" });

describe("how one signs in after a passkey is gone", () => {
  test("with the password alone where no second factor is left, whatever the switch says", () => {
    expect(ways({ password: true, emailCode: true })).toEqual(["withPassword", "withEmailCode"]);
  });
  test("with both where two factors are asked for; one alone is not named", () => {
    expect(ways({ password: true, totp: true, emailCode: true, google: true })).toEqual(["withPasswordAndTotp"]);
    expect(ways({ password: true, passkeys: 1, emailCode: true })).toEqual(["withPasskeys"]);
  });
  test("with a recovery code beside the password, where two are asked for", () => {
    expect(ways({ password: true, totp: true, recoveryCodesLeft: 3 })).toEqual([
      "withPasswordAndTotp",
      "withCodesBesides",
    ]);
  });
  test("with any one of them where the owner switched two factors off", () => {
    expect(ways({ password: true, totp: true, passkeys: 1, google: true, asksTwoFactors: false })).toEqual([
      "withPasskeys",
      "withPassword",
      "withTotp",
      "withGoogle",
    ]);
  });
});
