import type { Trouble } from "./trouble.ts";

/** A request that ran to within this of its time limit was ended by it, in milliseconds. */
const AT_THE_LIMIT = 1_000;

/**
 * What a rejected `navigator.credentials` call means to the person (WebAuthn L3 §5.1.3, §5.1.4, §6.3.2). Browsers say
 * `NotAllowedError` for a cancelled dialog, a failed fingerprint, and time run out alike: only the clock tells the last
 * apart.
 */
export function readFault(fault: unknown, took: number, limit: number | undefined): Trouble {
  switch ((fault as { name?: string }).name) {
    case "AbortError":
      return "abandoned";
    case "NotAllowedError":
      return limit !== undefined && took > limit - AT_THE_LIMIT ? "timed_out" : "cancelled";
    case "TimeoutError":
      return "timed_out";
    case "InvalidStateError":
      return "duplicate";
    case "ConstraintError":
      return "cannot_verify";
    default:
      return "failed";
  }
}
