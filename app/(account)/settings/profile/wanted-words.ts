import type { Correction } from "#lib/account/profile/list-corrections.ts";
import type { Language } from "#lib/kernel/context.ts";
import { countries } from "#lib/kernel/countries.ts";
import { type IdentityNumber, maskIdentity } from "#lib/kernel/identity-number.ts";

/** The country of a passport by its name; nothing for a MyKad. */
export const countryOf = (identity: IdentityNumber, language: Language): string | null =>
  identity.type === "passport"
    ? (countries(language).find(({ code }) => code === identity.country)?.name ?? identity.country)
    : null;

/** What was asked for, as far as a screen shows it. */
export function wantedWords(correction: Correction, language: Language): string {
  if (correction.kind === "name") return correction.name;
  if (correction.kind === "office") return `${correction.office.code} ${correction.office.name}`;
  const { identity } = correction;
  const country = countryOf(identity, language);
  return `${identity.type === "mykad" ? "MyKad " : ""}${maskIdentity(identity)}${country ? `, ${country}` : ""}`;
}
