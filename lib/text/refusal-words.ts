import type { Language } from "#lib/kernel/context.ts";
import { type Messages, messages } from "./messages.ts";

/** Every refusal that has words. A code that is not among them does not compile where it would be shown. */
export type RefusalCode = keyof Messages["refusals"];

/** What the words of some refusals speak of. `domains`: those of official mailboxes, as the policy has them. */
export type RefusalFacts = { domains?: readonly string[] };

/** The words for refusals in one language: what happened, then what to do. Throws where a fact that the words need was not given. */
export function refusalWords(language: Language, facts: RefusalFacts = {}): (code: RefusalCode) => string {
  return (code) =>
    messages[language].refusals[code].replace("{domains}", () => {
      if (!facts.domains) throw new Error(`The words of "${code}" name the allowed domains, and none were given`);
      return domainsInWords(language, facts.domains);
    });
}

/** `contoh.example.gov.my atau .gov.my`: a wildcard as the ending that people see. */
export const domainsInWords = (language: Language, domains: readonly string[]): string =>
  new Intl.ListFormat(language, { type: "disjunction" }).format(domains.map((domain) => domain.replace(/^\*/, "")));
