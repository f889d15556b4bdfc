import { type Duration, days, hours, minutes, seconds } from "#lib/kernel/time.ts";

/**
 * Every limit there is, in one place. Figures: the throttling table of the security rules (after NIST SP 800-63B-4
 * §3.2.2).
 */
export const limits = {
  /** Wrong passwords in a row, per account and per browser it knows. */
  password: {
    freeFailures: 5,
    firstPause: minutes(1),
    longestPause: minutes(15),
    /** In a row; then the password no longer opens from there until recovered. */
    disabledAfter: 100,
  },
  /** Failed tries of one client address, whoever they were for: an office of hundreds may sit behind it. */
  failedTriesPerAddress: { points: 20, window: minutes(1) },
  /** Failed tries of one address to be a relying party (its secret, or its signature). */
  clientTriesPerAddress: { points: 20, window: minutes(1) },
  /** Transactions that one system asks people to approve: one each second, all day. */
  approvalsAsked: { points: 3_600, window: hours(1) },
  registrations: {
    perAddress: { points: 20, window: hours(1) },
    /** Without JavaScript there is no captcha, so fewer. */
    perAddressWithoutCaptcha: { points: 3, window: hours(1) },
    withoutCaptchaOverall: { points: 60, window: hours(1) },
  },
  /** Recoveries asked for, of each kind: as registrations are. */
  recoveries: {
    perAddress: { points: 20, window: hours(1) },
    perAddressWithoutCaptcha: { points: 3, window: hours(1) },
    withoutCaptchaOverall: { points: 60, window: hours(1) },
  },
  /** Per kind of letter and mailbox; browsers the account does not know have the same allowance of their own. */
  letters: { aMinute: 1, anHour: 5 },
  /** Letters that prove a new mailbox, over all addresses one account asks for. */
  mailboxChangesAnHour: 10,
  /** Guesses of the last four of the identity, and of the typed code, per link. */
  identityTriesPerLink: 5,
  /** The same where a new password is chosen, over all resets of a day. */
  identityTriesPerReset: 5,
  codeTriesPerLink: 5,
  /** Typed codes for one number, known or not, over all its letters. */
  codesPerAccount: { points: 10, window: minutes(10) },
  /** Guesses of one code by email, or of the first code of an authenticator app's new secret. */
  triesPerCode: 5,
  /** The same of a code an authenticator app shows: it shows another in the next step. */
  triesPerStep: { points: 5, window: seconds(30) },
  /** Codes of an authenticator app and by email alike, over all codes of one account, known or not. */
  codeTriesPerAccount: { points: 10, window: minutes(10) },
  /** Sets of security answers for one account, over all that asks for them. */
  answerTries: { points: 5, window: days(1) },
  /** Wrong codes an officer types in one check of a caller. */
  counterpartTries: 5,
  recoveryCodeTries: { points: 5, window: minutes(15) },
  /** Security phrases tried out by one account: each is compared with its password. */
  phraseChoices: { points: 20, window: hours(1) },
  /** Copies of all data on one person. */
  dataExports: { points: 5, window: days(1) },
  /** Corrections that one account asks its office or the helpdesk for, of all kinds. */
  correctionsPerAccount: { points: 5, window: days(1) },
  /** Systems that one account asks its office for. */
  accessRequests: { points: 10, window: days(1) },
  /** A self-registration not activated by then frees its identity and its address. */
  registrationLapsesAfter: days(7),
} as const;

export type Allowance = { points: number; window: Duration };
