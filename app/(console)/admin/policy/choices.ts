import type { PolicySettings } from "#lib/administration/settings/settings.ts";
import type { Language } from "#lib/kernel/context.ts";
import { messages } from "#lib/text/messages.ts";

export type PolicyField = keyof PolicySettings;
export const policyFields = [
  "passwordPolicy",
  "twoFactors",
  "consoleAssurance",
  "registration",
] as const satisfies readonly PolicyField[];

/** What each may be. */
export const policyChoices = {
  passwordPolicy: ["jpa", "nist"],
  twoFactors: ["owner", "always"],
  consoleAssurance: ["aal2", "aal2-phr"],
  registration: ["open", "closed"],
} as const satisfies { [Field in PolicyField]: readonly PolicySettings[Field][] };
type Choice = (typeof policyChoices)[PolicyField][number];

/** The names of the settings and of what they may be. */
export function wordsOfPolicy(language: Language): {
  names: Record<PolicyField, string>;
  values: Record<Choice, string>;
} {
  const { phr, ...words } = messages[language].administration.policy;
  return { names: words, values: { ...words, "aal2-phr": phr } };
}
