import { CEREMONY_LIFETIME } from "#lib/account/activation/activation.ts";
import { LINK_LIFETIME } from "#lib/account/activation/activation-link.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";

/** The figures that words speak of, from where they are decided, so that the words cannot drift away from them. */
export const facts = {
  minutes: LINK_LIFETIME / minutes(1),
  days: limits.registrationLapsesAfter / days(1),
  tries: limits.codeTriesPerLink,
  ceremonyMinutes: CEREMONY_LIFETIME / minutes(1),
  lettersAnHour: limits.letters.anHour,
  failures: limits.password.freeFailures,
  longestPause: limits.password.longestPause / minutes(1),
};
