import { type Duration, days, hours } from "#lib/kernel/time.ts";

/**
 * How long each kind of record is kept after it has served: the figures that the housekeeping goes by, and that
 * "What is kept how long" in docs/operate.md is made of (`kept.ts`).
 */
export const retention = {
  ceremony: days(1),
  emailCode: days(1),
  idleThrottle: days(30),
  session: days(30),
  /** Longer than the browser keeps the cookie by which it would be known. */
  browser: days(401),
  undoLink: days(30),
  mailboxChange: days(7),
  recovery: days(30),
  dataExport: hours(1),
  /** As long as somebody who left may come back to it; then nothing says any more whose it was. */
  closedAccount: days(730),
  /** Where an event of the trail came from. What happened, to whom and by whom, stays. Never under 90 days: a trigger. */
  addressInTrail: days(365),
  /** What was mailed to which address, and what became of it. */
  letter: days(365),
  /** Of the demonstration: whole letters. */
  visibleMailbox: days(30),
  activationLink: days(365),
  /** What officers did and decided, and why: as long as the account it was done to may be reopened. */
  officersWork: days(730),
  /** Rights that ended, consents that were withdrawn, leavers that were decided on. */
  endedRight: days(730),
  /** Resend posts what was not acknowledged again for a day and a half. */
  webhookEvent: days(7),
  /** An address that is no open account's; until then one that registers with it is known to take nothing. */
  nobodysMailbox: days(90),
  callerCheck: days(30),
  /** Rows that could not be used may be downloaded so long. */
  staffImport: days(30),
  /** A file of the staff register, or of hardware tokens, that nobody applied. */
  staffImportLeft: days(7),
  invitation: days(365),
  /** Somebody's sign-in at a relying party, after it ended. */
  relyingPartySession: days(30),
  /** Their newest one there: it says when they last opened it. */
  lastRelyingPartySession: days(365),
  /** Whom a campaign wrote to, after it was closed; how many it wrote to stands with its runs. */
  campaignLetter: days(365),
  /** How far each had come, after it was closed; the counts by office and day stay. */
  campaignPerson: days(730),
  onsitePlace: days(365),
  /** What a system asked somebody to approve and nobody decided. */
  undecidedApproval: days(30),
  /** What was decided, with its signed statement: accounting records are kept for seven years (Income Tax Act 1967 s. 82). */
  decidedApproval: days(2_557),
} as const satisfies Record<string, Duration>;

/** "30 days", "2 years". */
export function inWords(period: Duration): string {
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (period < days(1)) return of(period / hours(1), "hour");
  const wholeDays = Math.round(period / days(1));
  const years = wholeDays / 365.25;
  return wholeDays >= 365 && Math.abs(years - Math.round(years)) < 0.003
    ? of(Math.round(years), "year")
    : of(wholeDays, "day");
}
