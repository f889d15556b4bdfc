import { LINK_LIFETIME } from "#lib/account/activation-link.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { limits } from "#lib/throttle/limits.ts";

/** The figures the guides speak of, from where they are decided, so that the words cannot drift away from them. */
export const facts = {
  minutes: LINK_LIFETIME / minutes(1),
  days: limits.registrationLapsesAfter / days(1),
  tries: limits.codeTriesPerLink,
};
