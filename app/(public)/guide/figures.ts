import { minutes } from "#lib/kernel/time.ts";
import { EMAIL_CODE_LIFETIME } from "#lib/mail/letters.ts";
import { config } from "#lib/server/config.ts";
import { facts } from "../facts.ts";

/** What the words of the guides speak of, from where it is decided. */
export function figures() {
  const { agency, passwordPolicy } = config();
  return {
    ...facts,
    codeMinutes: EMAIL_CODE_LIFETIME / minutes(1),
    policy: passwordPolicy,
    phone: agency.helpdeskPhone,
  };
}
