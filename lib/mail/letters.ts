import { days, hours, minutes } from "#lib/kernel/time.ts";

/**
 * Every letter there is and what it is about (ids, never contents). The words are put together at hand-over.
 * activation: button, link and typed code · already_registered: somebody registered with what is yours
 * account_activated: done, and what to do if it was not you · new_device: a sign-in from a browser the account did not
 * know · security_change: what opens the account was changed · email_code: the code that a sign-in asked for
 * mailbox_proof: link and code to a new mailbox · mailbox_taken: somebody asked for an address that is its reader's
 * mailbox_changed: to the former official mailbox, which may take the change back
 * password_reset: button, link and typed code to a new password · recovery_not_possible: somebody asked for one, and the
 * account is suspended
 * lost_factor: button, link and typed code to the security questions · lost_factor_refused: somebody asked for that, and
 * it is not possible · recovery_started: a second factor will be replaced, and how to stop it · enrolment: button, link
 * and typed code to enrolling the new one
 * factor_reset: two officers let a second factor be replaced, and how to stop it · caller_check: the code to read back to
 * an officer on the telephone
 * token_report: to the SAs of an office, whose hardware token was reported lost
 * roaming_ready: the move to Roaming OTP is complete, and which tokens are to be handed back
 * onsite_place: what became of somebody's place in a session in person
 * requests_wait: what others prepared waits for its reader to decide · requests_refused: something its reader prepared was
 * not confirmed
 * campaign_invitation, campaign_reminder: of its reader's move, with what is left of it
 * `reference`: of the case that was filed with it. `system`: the name of the system it is about, or the
 * serial of the hardware token. Times are ISO 8601; `from` and `requestedFrom` name a browser and
 * system ("Chrome pada Windows").
 */
export type Letters = {
  activation: { linkId: string };
  already_registered: { what: "identity" | "email"; requestedFrom: string; requestedAt: string };
  account_activated: { from: string; at: string };
  new_device: { sessionId: string; undoId: string };
  security_change: { change: SecurityChange; from: string; at: string; reference?: string; system?: string };
  email_code: { codeId: string };
  mailbox_proof: { changeId: string };
  mailbox_taken: { requestedFrom: string; requestedAt: string };
  mailbox_changed: { undoId: string; from: string; at: string };
  password_reset: { resetId: string };
  recovery_not_possible: { requestedFrom: string; requestedAt: string };
  lost_factor: { recoveryId: string };
  lost_factor_refused: { why: LostFactorRefusal; requestedFrom: string; requestedAt: string };
  recovery_started: { recoveryId: string; undoId: string };
  enrolment: { ticketId: string };
  factor_reset: { requestId: string; undoId: string; step: "requested" | "approved" };
  caller_check: { checkId: string };
  invitation: { roundId: string };
  token_report: { tokenId: string };
  roaming_ready: { campaignId: string };
  onsite_place: { placeId: string; news: OnsiteNews };
  requests_wait: { campaignId: string };
  requests_refused: { campaignId: string };
  campaign_invitation: { runId: string };
  campaign_reminder: { runId: string };
};

/**
 * What became of somebody's place in a session in person. invited: asked to come. moved_up: from the waiting list.
 * changed: another time or place. cancelled: it does not take place. day_before: it is tomorrow. released: an officer took
 * them off the list. opened: an officer says to have seen them there, and has opened the activation of their account.
 */
const onsiteNews = [
  "invited",
  "booked",
  "waiting",
  "moved_up",
  "changed",
  "cancelled",
  "day_before",
  "released",
  "opened",
] as const;
export type OnsiteNews = (typeof onsiteNews)[number];

/** A letter about a session in person that nobody would take for so long is given up: its day is near, or past. */
export const ONSITE_LETTER_LIFETIME = days(3);

/** What an owner is told about, a letter each. Every one has words in `mail.json`. */
export const securityChanges = [
  "passkey_added",
  "passkey_removed",
  "passkey_copied",
  "totp_enrolled",
  "totp_replaced",
  "totp_removed",
  "email_code_on",
  "email_code_off",
  "recovery_codes_made",
  "recovery_code_used",
  "security_phrase_set",
  "security_phrase_removed",
  "two_factors_on",
  "two_factors_off",
  "google_linked",
  "google_unlinked",
  "password_changed",
  "password_reset",
  "security_questions_replaced",
  "signed_out_everywhere",
  "official_email_changed",
  "official_email_restored",
  "personal_email_set",
  "personal_email_removed",
  "mobile_changed",
  "account_locked",
  "account_unlocked",
  "recovery_cancelled",
  "second_factor_recovered",
  "data_exported",
  "correction_requested",
  "account_suspended",
  "account_reinstated",
  "account_closed",
  "account_reopened",
  "unlocked_by_officer",
  "sessions_ended_by_officer",
  "mailbox_corrected",
  "identity_seen",
  "correction_approved",
  "correction_refused",
  "staff_confirmed",
  "office_updated",
  "role_granted",
  "role_ended",
  "registration_voided",
  "factor_reset_refused",
  "password_disabled",
  "system_role_granted",
  "system_role_ended",
  "access_refused",
  "token_lost",
  "token_misused",
  "token_revoked",
  "token_returned",
  "move_confirmed",
] as const;
export type SecurityChange = (typeof securityChanges)[number];

/** What stands in the way of replacing a lost second factor by oneself. */
export type LostFactorRefusal = "locked" | "suspended" | "no_second_factor" | "no_questions";

/** A letter with a link to the security questions that nobody would take for so long is given up: one asks again. */
export const RECOVERY_LETTER_LIFETIME = days(1);
/** The same of a letter with an enrolment ticket: its reader has waited for it. */
export const ENROLMENT_LETTER_LIFETIME = days(7);
/** How long a mailed ticket lives, from when its letter was handed over: over a weekend. */
export const ENROLMENT_TICKET_LIFETIME = hours(72);

/** An invitation that nobody would take for so long is given up: the next round writes again. */
export const INVITATION_LIFETIME = days(3);
/** A letter of a campaign that nobody would take for so long is given up: a later reminder says what is left by then. */
export const CAMPAIGN_LETTER_LIFETIME = days(2);
/** A notice that nobody would take for so long is given up. */
export const NOTICE_LIFETIME = days(7);
/** How long a code by email opens its sign-in from when its letter was handed over. Security rules: 10 minutes. */
export const EMAIL_CODE_LIFETIME = minutes(10);
/** A link to a new password that nobody would take for so long is given up: its reader asks again. */
export const RESET_LETTER_LIFETIME = days(1);
/**
 * How long a new password may be chosen: by a mailed link from when its letter was handed over, in a browser from when a
 * link that undid something was pressed.
 */
export const RESET_LIFETIME = minutes(30);
/** How long "this was not me" works from when its letter was handed over: over a holiday. */
export const NOT_ME_LIFETIME = days(10);

/** How long link and code prove a new mailbox, from when their letter was handed over. */
export const MAILBOX_PROOF_LIFETIME = minutes(30);
/** How long the former official mailbox may take a change back, from when its letter was handed over. */
export const MAILBOX_UNDO_LIFETIME = days(7);
/** How long "lock my account now" works in a notice, from when it was owed. */
export const LOCK_LINK_LIFETIME = days(30);

export type LetterKind = keyof Letters;
export type Letter = { [K in LetterKind]: { kind: K; accountId: string; to: string; about: Letters[K] } }[LetterKind];

/** The queue a letter's job waits in. A job's id is its letter's. */
export const LETTERS_QUEUE = "letters";
export type LetterJob = { letterId: string };
