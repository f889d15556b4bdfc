import { lengthOf } from "#lib/kernel/plain-text.ts";
import { holdsPersonal, type Person } from "../personal.ts";
import { folded, withoutLookAlikes } from "../plain-words.ts";

/**
 * jpa: the agencies' own rule, four classes. nist: length alone (NIST SP 800-63B-4 §3.1.1.2 forbids composition rules and asks
 * for 15 where the password is the only factor).
 */
export type PasswordPolicy = "jpa" | "nist";
export const shortest = { jpa: 12, nist: 15 } as const satisfies Record<PasswordPolicy, number>;

export type PasswordRule = "length" | "lower" | "upper" | "digit" | "special" | "common" | "personal";

/** In the order of the checklist. `common` needs the list, so `checkPassword` leaves it out. */
export const rulesOf: Readonly<Record<PasswordPolicy, readonly PasswordRule[]>> = {
  jpa: ["length", "lower", "upper", "digit", "special", "common", "personal"],
  nist: ["length", "common", "personal"],
};
export type RuleMet = { rule: Exclude<PasswordRule, "common">; met: boolean };

const PRODUCT = withoutLookAlikes("kunci");

const isMet: Record<RuleMet["rule"], (plain: string, policy: PasswordPolicy, person: Person) => boolean> = {
  // In code points after NFC, as it will be hashed.
  length: (plain, policy) => lengthOf(plain.normalize("NFC")) >= shortest[policy],
  lower: (plain) => /\p{Lowercase_Letter}/u.test(plain),
  upper: (plain) => /\p{Uppercase_Letter}/u.test(plain),
  digit: (plain) => /\p{Decimal_Number}/u.test(plain),
  // A space is welcome, but is no special character to the people who wrote the rule.
  special: (plain) => /[^\p{Letter}\p{Mark}\p{Number}\s]/u.test(plain),
  // An empty field has not kept clear of anything yet.
  personal: (plain, _, person) =>
    plain !== "" && !holdsPersonal(plain, person) && !withoutLookAlikes(folded(plain)).includes(PRODUCT),
};

/** Which of the policy's rules a password meets, in the order of the checklist. Pure: the browser runs it at each key. */
export function checkPassword(policy: PasswordPolicy, plain: string, person: Person): RuleMet[] {
  const checked = rulesOf[policy].filter((rule): rule is RuleMet["rule"] => rule !== "common");
  return checked.map((rule) => ({ rule, met: isMet[rule](plain, policy, person) }));
}
