/**
 * Why a browser gave no passkey, in the words of the pages. `abandoned`: another request took its place, and nothing is
 * said. The last four come from the portal, which has an answer of its own to each.
 */
export type Trouble =
  | "unsupported"
  | "cancelled"
  | "timed_out"
  | "duplicate"
  | "cannot_verify"
  | "offline"
  | "too_many"
  | "failed"
  | "abandoned"
  | AskThePortal;

const asksThePortal = ["signed_out", "step_up", "start_again", "too_many_passkeys"] as const;
export type AskThePortal = (typeof asksThePortal)[number];

/**
 * Where the passkey is, or is to be: on this device ("Biometrik"), or on a phone that scans a QR code ("Peranti lain").
 */
export type Where = "here" | "elsewhere";

/** What is said while the browser asks, and of what can go wrong in it. */
export type CeremonyWords = Record<
  | "follow"
  | "checking"
  | "unsupported"
  | "cancelled"
  | "timedOut"
  | "duplicate"
  | "cannotVerify"
  | "offline"
  | "tooMany"
  | "failed"
  | "noneHere"
  | "noneElsewhere",
  string
>;

type Told = Exclude<Trouble, "abandoned" | AskThePortal>;

const words = {
  unsupported: "unsupported",
  cancelled: "cancelled",
  timed_out: "timedOut",
  duplicate: "duplicate",
  cannot_verify: "cannotVerify",
  offline: "offline",
  too_many: "tooMany",
  failed: "failed",
} as const satisfies Record<Told, keyof CeremonyWords>;

export const isForThePortal = (trouble: string | undefined): trouble is AskThePortal =>
  (asksThePortal as readonly (string | undefined)[]).includes(trouble);

export const isTold = (trouble: Trouble): trouble is Told => Object.hasOwn(words, trouble);

export const troubleIn = (said: CeremonyWords, trouble: Told): string => said[words[trouble]];
