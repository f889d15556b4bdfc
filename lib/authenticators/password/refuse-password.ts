import { lengthOf } from "#lib/kernel/plain-text.ts";
import { SECRET_MAX } from "../hashing.ts";
import type { Person } from "../personal.ts";
import { isCommonPassword } from "./is-common-password.ts";
import { checkPassword, type PasswordPolicy, type PasswordRule, rulesOf } from "./rules.ts";

/** Why a password may not be set, one code per rule of the checklist and one for what is too long to be hashed. */
const setPasswordRefusals = [
  "password_too_long",
  "password_length_jpa",
  "password_length_nist",
  "password_lower",
  "password_upper",
  "password_digit",
  "password_special",
  "password_common",
  "password_personal",
] as const;
export type PasswordRefusal = (typeof setPasswordRefusals)[number];

const refusalOf = (policy: PasswordPolicy, rule: PasswordRule): PasswordRefusal =>
  rule === "length" ? `password_length_${policy}` : `password_${rule}`;

/** The policy's rules that a password does not meet, in the order of the checklist. Runs where the form was posted. */
export async function unmetRules(policy: PasswordPolicy, plain: string, person: Person): Promise<PasswordRule[]> {
  const unmet = new Set<PasswordRule>(
    checkPassword(policy, plain, person).flatMap(({ rule, met }) => (met ? [] : [rule])),
  );
  if (await isCommonPassword(plain)) unmet.add("common");
  return rulesOf[policy].filter((rule) => unmet.has(rule));
}

/** The first reason why this person may not set this password, or null. */
export async function refusePassword(
  policy: PasswordPolicy,
  plain: string,
  person: Person,
): Promise<PasswordRefusal | null> {
  if (lengthOf(plain.normalize("NFC")) > SECRET_MAX) return "password_too_long";
  const [first] = await unmetRules(policy, plain, person);
  return first ? refusalOf(policy, first) : null;
}
