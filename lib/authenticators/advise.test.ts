import { describe, expect, test } from "vitest";
import { advise } from "./advise.ts";

const nothing = { passkeys: 0, totp: false, recoveryCodesLeft: 0 };

describe("what makes an account safer", () => {
  test("with nothing but a password is a passkey first, then a phrase; codes wait for what they stand in for", () => {
    expect(advise(nothing, false)).toEqual({
      states: { passkey: "look", totp: "later", recovery_codes: "later", security_phrase: "look" },
      done: 0,
      of: 2,
      next: "passkey",
    });
  });

  test("beside a passkey is a set of recovery codes, and no authenticator app", () => {
    const { states, next } = advise({ ...nothing, passkeys: 1 }, true);
    expect(states).toEqual({ passkey: "done", totp: "later", recovery_codes: "look", security_phrase: "done" });
    expect(next).toBe("recovery_codes");
  });

  test("beside an authenticator app is still a passkey, which a false site cannot steal", () => {
    expect(advise({ ...nothing, totp: true, recoveryCodesLeft: 10 }, true)).toMatchObject({
      states: { passkey: "look", totp: "done" },
      done: 3,
      of: 4,
      next: "passkey",
    });
  });

  test.each([
    [3, "done"],
    [2, "look"],
    [0, "look"],
  ] as const)("with %i recovery codes left: %s", (recoveryCodesLeft, state) => {
    expect(advise({ passkeys: 1, totp: false, recoveryCodesLeft }, true).states.recovery_codes).toBe(state);
  });

  test("is nothing more where all of it is done", () => {
    const all = advise({ passkeys: 2, totp: true, recoveryCodesLeft: 10 }, true);
    expect(all).toMatchObject({ done: 4, of: 4, next: null });
  });
});
