import type { SystemBarred } from "../account/account-facts.ts";
import type { OfficerAction } from "../act.ts";

/**
 * Every reason why somebody cannot get in that the portal can name, and the evidence its sentence speaks of. One that is not
 * here cannot be found; each has words in both languages, and a test that plays it.
 */
export type Findings = {
  /** `suggested`: the same address on a domain of the agency, where a slip of one character explains it. */
  letter_bounced_no_such_mailbox: { times: number; at: Date; mailbox: string; suggested: string | null };
  letter_bounced_mailbox_full: { times: number; at: Date; mailbox: string };
  /** Their mail server or provider does not take letters to it, or its reader called one unwanted. */
  letter_refused: { times: number; at: Date; mailbox: string; why: "blocked" | "complained" | "forwarded" | "other" };
  /** `sent`: it was handed over `at`; else it was asked for then. */
  letter_on_its_way: { at: Date; sent: boolean };
  letter_queued_long: { since: Date };
  awaiting_opening_date: { opens: Date };
  /** Not asked for, not sent, or used before the account was opened again. */
  link_not_asked_for: Record<never, never>;
  /** It works, opened or not. */
  link_waiting: { sent: Date; ends: Date; opened: boolean };
  link_expired_never_opened: { ended: Date };
  /** Opened, and left before it was done. */
  link_expired_opened: { ended: Date };
  identity_mismatch_on_link: { tries: number; at: Date };
  link_asked_too_often: { at: Date };
  closed: { at: Date | null };
  lapsed: { at: Date };
  voided: { at: Date };
  suspended: { at: Date | null };
  locked_by_owner: { at: Date | null; how: "settings" | "letter" | "report" };
  /** A link to a new password is in the mailbox, and works. */
  reset_waiting: { sent: Date; ends: Date };
  password_disabled_not_me: { at: Date; why: "not_me" | "mailbox_restored" | "officer" };
  password_disabled_after_100: { tries: number; at: Date };
  password_paused: { until: Date; tries: number };
  codes_paused: { until: Date };
  password_wrong: { times: number; at: Date };
  second_factor_ticket_waiting: { until: Date };
  second_factor_lost_waiting: { until: Date };
  /** Asked to have it replaced, and got no further. */
  second_factor_lost_no_recovery: { at: Date; why: "answers" | "no_questions" | "unfinished" | "stopped" };
  /** The password was right, and nothing followed. */
  second_factor_not_given: { times: number; at: Date };
  clock_of_phone_off: { at: Date };
  passkey_unknown: { at: Date };
  code_by_email_late: { minutes: number; at: Date };
  code_by_email_off: { at: Date };
  mailbox_unverified: { at: Date };
  not_confirmed_by_office: { since: Date };
  /** A system did not open, and would not now. */
  system_refused: { system: string; why: SystemBarred; at: Date };
  idle: { last: Date | null };
  no_problem_found: { last: Date | null };
};
export type FindingCode = keyof Findings;

/**
 * The one thing that helps: something an officer does on a page of its own, a guide to read out, looking again after a while,
 * or nothing but words to say.
 */
export type Help = { do: OfficerAction } | { guide: Guide } | { again: true } | null;
export type Guide = "forgot-password" | "first-aid" | "authenticator-app" | "passkey" | "email-otp" | "activation";

export type Finding = { [C in FindingCode]: { code: C; about: Findings[C]; help: Help } }[FindingCode];

export const finding = <C extends FindingCode>(code: C, about: Findings[C], help: Help): Finding =>
  ({ code, about, help }) as Finding;

/** Nothing is in the way: the page says so calmly. */
export const isTrouble = ({ code }: Finding): boolean => code !== "no_problem_found" && code !== "idle";

/** Nothing has gone wrong: it is somebody's turn, or a day's. */
const waiting: ReadonlySet<FindingCode> = new Set([
  "letter_on_its_way",
  "link_waiting",
  "reset_waiting",
  "awaiting_opening_date",
]);

/** Whether what was found holds somebody up, or is merely being waited for. */
export const holdUp = (found: Finding): "stuck" | "waiting" | null =>
  waiting.has(found.code) ? "waiting" : isTrouble(found) ? "stuck" : null;
