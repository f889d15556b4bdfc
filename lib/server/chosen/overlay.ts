import { type Chosen, over, type Settings } from "#lib/administration/settings/settings.ts";
import { levels } from "#lib/assurance/assurance.ts";
import type { Config } from "../config.ts";

/** Where the crest that was uploaded is served; its digest makes each picture's address its own. */
export const crestAddress = (crest: string): string => `/agency/logo?v=${crest}`;

/** What the configuration says of all that administrators may choose. */
export const configuredSettings = ({
  agency,
  emailDomains,
  passwordPolicy,
  twoFactors,
  consoleAssurance,
  registration,
}: Config): Settings => ({
  policy: { passwordPolicy, twoFactors, consoleAssurance, registration },
  domains: { emailDomains },
  look: {
    nameMs: agency.nameMs,
    nameEn: agency.nameEn,
    address: agency.address,
    helpdeskPhone: agency.helpdeskPhone,
    helpdeskEmail: agency.helpdeskEmail,
    colour: agency.colour,
    crest: null,
  },
});

/**
 * The configuration with what administrators have chosen over it. What the server's operator demands of consoles stays the
 * least, also where it was raised after an administrator had chosen.
 */
export function overlaid(configured: Config, chosen: Chosen): Config {
  const own = configuredSettings(configured);
  const { consoleAssurance, ...policy } = over<"policy">(own.policy, chosen.policy);
  const { crest, ...look } = over<"look">(own.look, chosen.look);
  const least = configured.consoleAssurance;
  return {
    ...configured,
    ...policy,
    ...over<"domains">(own.domains, chosen.domains),
    consoleAssurance: levels.indexOf(consoleAssurance) > levels.indexOf(least) ? consoleAssurance : least,
    agency: { ...configured.agency, ...look, ...(crest === null ? {} : { logo: crestAddress(crest) }) },
  };
}
