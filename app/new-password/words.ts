import type { PasswordPolicy } from "#lib/authenticators/password/rules.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";

/** The words of a new password's form that are the same wherever one is chosen. */
export function checklistWords(language: Language, policy: PasswordPolicy) {
  const { passwordRules } = messages[language];
  return { ...passwordRules, rules: { ...passwordRules.rules, length: passwordRules.rules[`length_${policy}`] } };
}
