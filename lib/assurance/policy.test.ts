import { describe, expect, test } from "vitest";
import type { Policy } from "#lib/kernel/context.ts";
import { levels, reaches } from "./assurance.ts";
import { type Enrolled, hasSecondFactor } from "./enrolled.ts";
import { highestLevel, levelToChange, levelToOpen, ownDemand, requiredLevel } from "./policy.ts";

const nothing: Enrolled = {
  password: true,
  passkeys: 0,
  totp: false,
  recoveryCodesLeft: 0,
  emailCode: true,
  google: false,
  asksTwoFactors: false,
};
const withApp: Enrolled = { ...nothing, totp: true, asksTwoFactors: true };
const withPasskey: Enrolled = { ...nothing, passkeys: 1, asksTwoFactors: true };
const owner = { twoFactors: "owner" } satisfies Pick<Policy, "twoFactors">;
const always = { twoFactors: "always" } satisfies Pick<Policy, "twoFactors">;

/** Everything an account can have, as far as levels go, under either policy. */
const both = [true, false];
const everyAccount: Enrolled[] = both.flatMap((password) =>
  [0, 1, 2].flatMap((passkeys) =>
    both.flatMap((totp) =>
      [0, 1].flatMap((recoveryCodesLeft) =>
        both.flatMap((emailCode) =>
          both.flatMap((google) =>
            both.map((asksTwoFactors) => ({
              password,
              passkeys,
              totp,
              recoveryCodesLeft,
              emailCode,
              google,
              asksTwoFactors,
            })),
          ),
        ),
      ),
    ),
  ),
);

describe("the level that is required", () => {
  test("is the highest anybody asks for", () => {
    for (const portal of levels)
      for (const account of levels)
        for (const relyingParty of levels)
          for (const console of levels) {
            const required = requiredLevel({ portal, account, relyingParty, console });
            expect([portal, account, relyingParty, console]).toContain(required);
            for (const asked of [portal, account, relyingParty, console]) expect(reaches(required, asked)).toBe(true);
          }
  });

  test("is the portal's where nobody else asks", () => {
    expect(requiredLevel({ portal: "aal1" })).toBe("aal1");
  });
});

describe("an account asks for", () => {
  test("two factors at every sign-in once it has a second one, until its owner switches that off", () => {
    expect(ownDemand(withApp, owner)).toBe("aal2");
    expect(ownDemand(withPasskey, owner)).toBe("aal2");
    expect(ownDemand({ ...withApp, asksTwoFactors: false }, owner)).toBe("aal1");
  });

  test("two factors whatever its owner switched, where the agency says always", () => {
    expect(ownDemand({ ...withApp, asksTwoFactors: false }, always)).toBe("aal2");
  });

  test("no second factor it does not have: recovery codes only stand in for one", () => {
    expect(ownDemand({ ...nothing, asksTwoFactors: true }, always)).toBe("aal1");
    expect(ownDemand({ ...nothing, recoveryCodesLeft: 10, asksTwoFactors: true }, always)).toBe("aal1");
  });
});

describe("a sign-in", () => {
  test("with a password alone opens where nobody asks for more", () => {
    expect(levelToOpen("aal1", nothing, owner)).toBe("aal1");
    expect(levelToOpen("aal1", { ...withApp, asksTwoFactors: false }, owner)).toBe("aal1");
  });

  test("must reach two factors where the account, the agency or the page asks for them", () => {
    expect(levelToOpen("aal1", withApp, owner)).toBe("aal2");
    expect(levelToOpen("aal1", { ...withApp, asksTwoFactors: false }, always)).toBe("aal2");
    expect(levelToOpen("aal2", { ...withPasskey, asksTwoFactors: false }, owner)).toBe("aal2");
    expect(levelToOpen("aal2-phr", withPasskey, owner)).toBe("aal2-phr");
  });

  test("is not asked for what the account has not got", () => {
    expect(levelToOpen("aal2", nothing, owner)).toBe("aal1");
    expect(levelToOpen("aal2-phr", withApp, owner)).toBe("aal2");
  });

  test("is not let in with one factor because the password of a two-factor account is disabled", () => {
    expect(levelToOpen("aal1", { ...withApp, password: false }, owner)).toBe("aal2");
    expect(levelToOpen("aal1", { ...withPasskey, password: false }, owner)).toBe("aal2");
    expect(levelToOpen("aal1", { ...withApp, password: false, asksTwoFactors: false }, owner)).toBe("aal1");
  });

  test("is asked for all that the account asks, and for what others ask as far as it can be reached", () => {
    for (const account of everyAccount)
      for (const policy of [owner, always])
        for (const required of levels) {
          const level = levelToOpen(required, account, policy);
          const [own, highest] = [ownDemand(account, policy), highestLevel(account)];
          expect(reaches(level, own)).toBe(true);
          if (reaches(highest, required)) expect(reaches(level, required)).toBe(true);
          expect([own, required, highest], "and for nothing else").toContain(level);
          if (!reaches(highest, level)) expect(account).toMatchObject({ password: false, passkeys: 0, totp: true });
        }
  });
});

describe("the highest level", () => {
  test("takes a passkey to resist phishing, and a password beside the second factor otherwise", () => {
    expect(highestLevel(withPasskey)).toBe("aal2-phr");
    expect(highestLevel({ ...withPasskey, password: false })).toBe("aal2-phr");
    expect(highestLevel(withApp)).toBe("aal2");
    expect(highestLevel({ ...withApp, password: false })).toBe("aal1");
    expect(highestLevel({ ...nothing, recoveryCodesLeft: 1 })).toBe("aal2");
    expect(highestLevel(nothing)).toBe("aal1");
  });

  test("is not changed by codes to the mailbox, nor by Google", () => {
    for (const account of everyAccount)
      expect(highestLevel(account)).toBe(highestLevel({ ...account, emailCode: false, google: false }));
  });
});

describe("a change of what an account signs in with", () => {
  test("needs two factors from whoever has a second one, however they sign in every day", () => {
    for (const account of everyAccount) {
      expect(levelToChange(account)).toBe(hasSecondFactor(account) ? "aal2" : "aal1");
    }
    expect(levelToChange({ ...withApp, asksTwoFactors: false })).toBe("aal2");
  });
});
