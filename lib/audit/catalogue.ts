import type { ApprovalEvents } from "./events/approvals.ts";
import type { CampaignEvents } from "./events/campaigns.ts";
import type { HardwareTokenEvents } from "./events/hardware-tokens.ts";
import type { MoveRequestEvents } from "./events/move-requests.ts";
import type { OnsiteEvents } from "./events/onsite.ts";
import type { SystemEvents } from "./events/systems.ts";

export type { RelyingPartyReason } from "./events/systems.ts";

/**
 * Every event there is, with what it carries. Ids and codes only: never a name, an address, an identity number or a
 * secret. An event that is not here cannot be recorded.
 */
export type AuditEvents = PortalEvents &
  SystemEvents &
  CampaignEvents &
  MoveRequestEvents &
  HardwareTokenEvents &
  OnsiteEvents &
  ApprovalEvents;

/** Of accounts, and of the portal itself. */
type PortalEvents = {
  "account.pre_registered": { officeId: string };
  "account.registered": { officeId: string; captcha: boolean };
  "account.email_verified": { linkId: string };
  "account.activated": { linkId: string };
  "account.lapsed": Record<never, never>;
  "account.corrected_before_activation": Record<never, never>;
  "registration.refused": { reason: "identity_taken" | "email_taken" };
  "activation_link.issued": { linkId: string };
  "activation_link.handed_over": { linkId: string };
  "activation_link.refused": { reason: "no_account" | "not_awaiting_activation" | "not_open_yet" | "throttled" };
  "activation.refused": {
    linkId: string | null;
    reason: "identity_mismatch" | "identity_tries_used" | "code_mismatch" | "code_tries_used";
  };
  "security_question.added": { questionId: string };
  "security_question.removed": { questionId: string };
  /** `factors`: all that were proven for it. */
  "sign_in.succeeded": { sessionId: string; level: string; newDevice: boolean; factors: readonly Factor[] };
  /** `factor` is what was tried. `signature_counter`: a copy of the passkey may be about. */
  "sign_in.refused": { factor: Factor; reason: SignInReason };
  /** One proof of several is given; the sign-in asks for more. */
  "sign_in.proved": { factor: Factor };
  "session.stepped_up": { sessionId: string; level: string };
  "passkey.added": { passkeyId: string; aaguid: string; backedUp: boolean };
  "passkey.renamed": { passkeyId: string };
  "passkey.removed": { passkeyId: string };
  "totp.enrolled": { totpId: string; replaced: boolean };
  "totp.removed": { totpId: string };
  "totp.refused": { reason: "code_mismatch" | "tries_used" | "clock_skew" };
  "email_code.switched": { on: boolean };
  "email_code.issued": { codeId: string };
  "email_code.handed_over": { codeId: string };
  "email_code.refused": {
    reason: "no_account" | "not_activated" | "mailbox_unverified" | "switched_off" | "throttled";
  };
  "recovery_codes.made": { replaced: boolean };
  "recovery_code.used": { left: number };
  "security_phrase.set": Record<never, never>;
  "security_phrase.removed": Record<never, never>;
  "two_factors.switched": { on: boolean };
  "google.linked": { linkId: string };
  "google.unlinked": { linkId: string };
  "google.refused": { reason: "not_linked" | "linked_elsewhere" | "not_activated" };
  "password.changed": Record<never, never>;
  "password.disabled": { why: "not_me" | "mailbox_restored" | "too_many_tries" | "officer" };
  "password.reset": Record<never, never>;
  "password_reset.issued": { resetId: string };
  "password_reset.handed_over": { resetId: string };
  /** `no_match`: the address is not that of the number's account, or there is none. */
  "password_reset.refused": {
    reason:
      | "no_match"
      | "not_activated"
      | "mailbox_unverified"
      | "suspended"
      | "throttled"
      | "identity_mismatch"
      | "answers_mismatch"
      | "answer_tries_used"
      | "tries_used"
      | "code_mismatch"
      | "code_tries_used";
  };
  "recovery.issued": { recoveryId: string };
  "recovery.handed_over": { recoveryId: string };
  "recovery.refused": {
    reason:
      | "no_match"
      | "not_activated"
      | "suspended"
      | "locked"
      | "no_second_factor"
      | "no_questions"
      | "throttled"
      | "answers_mismatch"
      | "tries_used"
      | "code_mismatch"
      | "code_tries_used";
  };
  /** The answers were right: from here the wait runs. `readyAt`: ISO 8601. */
  "recovery.started": { recoveryId: string; readyAt: string };
  /** `lapsed`: its ticket ran out unused. */
  "recovery.cancelled": {
    recoveryId: string;
    how: "letter" | "settings" | "locked" | "not_me" | "lapsed" | "suspended" | "closed" | "officer";
  };
  /** The wait is over: a ticket to enrol one factor was issued. */
  "recovery.ready": { recoveryId: string; ticketId: string };
  /** One new second factor is enrolled, and those that were lost open nothing any more. */
  "recovery.completed": { recoveryId: string };
  /** It lets one second factor be enrolled, in place of all that are lost. */
  "enrolment_ticket.issued": { ticketId: string; why: "recovery" | "officers" };
  "enrolment_ticket.used": { ticketId: string };
  "enrolment_ticket.refused": {
    ticketId: string | null;
    reason: "expired" | "used" | "cancelled" | "code_mismatch" | "code_tries_used";
  };
  "account.locked": { how: "settings" | "letter" | "report" };
  "account.unlocked": Record<never, never>;
  "mailbox_change.issued": { changeId: string; which: MailboxKind };
  "mailbox_change.handed_over": { changeId: string; which: MailboxKind };
  "mailbox_change.refused": {
    which: MailboxKind;
    reason: "taken" | "throttled" | "on_hold" | "code_mismatch" | "code_tries_used" | "other_account";
  };
  "mailbox_change.withdrawn": { changeId: string; which: MailboxKind };
  "mailbox.changed": { which: MailboxKind };
  /** The personal one. */
  "mailbox.removed": Record<never, never>;
  /** The official one is back to what it was: the change was not its owner's. */
  "mailbox.restored": Record<never, never>;
  "profile.changed": { field: "mobile" | "ict_roles" };
  "case.opened": { caseId: string; kind: CaseKind };
  "case.withdrawn": { caseId: string; kind: CaseKind };
  "data_export.requested": { exportId: string };
  "data_export.taken": { exportId: string };
  "security_questions.replaced": Record<never, never>;
  "device.disowned": { sessionId: string };
  /** It was set up in a browser that was disowned: `kind` opens nothing any more. */
  "authenticator.disowned": {
    kind: "passkey" | "totp" | "google" | "recovery_codes" | "security_questions" | "security_phrase";
    credentialId: string | null;
  };
  "device.forgotten": { deviceId: string };
  "enrolment_offer.put_off": Record<never, never>;
  "session.ended": { sessionId: string; why: string };
  /** `actionId`: of the officer's action, which has their reason. The actor is the officer. */
  "account.suspended": { actionId: string | null; why: "officer" | "left" };
  "account.reinstated": { actionId: string };
  "account.closed": { actionId: string };
  "account.reopened": { requestId: string };
  "account.unlocked_by_officer": { actionId: string };
  "registration.voided": { actionId: string };
  /** By an officer, or (null) by the staff register. */
  "staff.confirmed": { actionId: string | null };
  "mailbox.corrected": { actionId: string };
  /** Letters go to the mailbox again, though some came back. */
  "mailbox.cleared": { actionId: string };
  "identity.unmasked": { actionId: string };
  "sessions.ended_by_officer": { actionId: string; sessions: number };
  "throttle.cleared": { actionId: string };
  "identity.corrected": { caseId: string };
  "name.corrected": { caseId: string };
  "office.corrected": { caseId: string };
  "case.approved": { caseId: string; kind: CaseKind };
  "case.refused": { caseId: string; kind: CaseKind };
  "case.closed": { caseId: string; kind: CaseKind };
  "caller_check.started": { checkId: string; kind: CallerCheckKind };
  "caller_check.answered": { checkId: string; by: "session" | "mailbox" };
  "caller_check.passed": { checkId: string; kind: CallerCheckKind };
  "caller_check.refused": {
    checkId: string | null;
    reason: "code_mismatch" | "answer_mismatch" | "tries_used" | "expired" | "other_account" | "disowned";
  };
  "officer_request.opened": { requestId: string; kind: OfficerRequestKind };
  "officer_request.approved": { requestId: string; kind: OfficerRequestKind };
  /** Not a refusal of the portal: the second officer said no. */
  "officer_request.declined": { requestId: string; kind: OfficerRequestKind };
  "officer_request.withdrawn": { requestId: string; kind: OfficerRequestKind };
  "officer_request.expired": { requestId: string; kind: OfficerRequestKind };
  /** Stopped by the owner, from a letter. */
  "officer_request.stopped": { requestId: string; kind: OfficerRequestKind };
  "officer_request.refused": {
    requestId: string;
    reason: "same_person" | "asker_may_not" | "expired" | "not_open";
  };
  "role.requested": { grantId: string; role: OfficerRole };
  "role.granted": { grantId: string; role: OfficerRole };
  "role.declined": { grantId: string; role: OfficerRole };
  "role.ended": { grantId: string; role: OfficerRole };
  /** Somebody asked for what their role does not reach; `right` names what for. */
  "access.refused": { right: string };
  /** `filters`: the names of those that were set, "q,status"; never what was typed. */
  "accounts.exported": { rows: number; filters: string };
  "audit.exported": { rows: number };
  "letter.delivered": { letterId: string; kind: string };
  "letter.bounced": { letterId: string; kind: string; reason: string };
  "letter.complained": { letterId: string; kind: string };
  "register.uploaded": { importId: string };
  /** By whoever had it applied; the applying itself is the portal's. */
  "register.approved": { importId: string };
  "register.applied": { importId: string; added: number; changed: number; leaving: number; refused: number };
  "register.discarded": { importId: string };
  /** The staff register names somebody whom it did not, or no longer names whom it did. */
  "staff.listed": { importId: string };
  "staff.delisted": { importId: string };
  "leaver.proposed": { leaverId: string; why: "missing" | "ended" };
  "leaver.kept": { leaverId: string };
  /** What the staff register says otherwise was taken over, or looked at and left. */
  "difference.adopted": { field: "full_name" | "official_email" | "office" };
  "difference.dismissed": { field: "full_name" | "official_email" | "office" };
  "invitations.started": { batchId: string };
  "invitations.paused": { batchId: string };
  "invitations.resumed": { batchId: string };
  "invitations.stopped": { batchId: string };
  /** `before`, `after`: of settings of the agency, which hold nothing personal. `subject`: which office, question, announcement. */
  "setting.changed": { setting: string; subject: string | null; before: unknown; after: unknown };
  "letter.handed_over": { letterId: string; kind: string };
  "letter.refused": { letterId: string; kind: string; reason: string };
  "letter.moot": { letterId: string; kind: string };
  /** A copy of the whole database left it, encrypted to so many public keys. */
  "backup.taken": { recipients: number };
  /** Everything is as it was at `takenAt` (ISO 8601). `moved`: nothing had happened since. */
  "backup.restored": { takenAt: string; moved: boolean };
};

/** Why a proof was refused. The person is told only that it did not match. */
export type SignInReason =
  | "wrong_password"
  | "wrong_code"
  /** Right a while ago, or not yet: the clock of the phone is off. */
  | "clock_skew"
  /** Right, and used before. */
  | "code_used"
  /** The account has no such authenticator. */
  | "not_enrolled"
  | "wrong_passkey"
  | "signature_counter"
  | "unknown_credential"
  | "switched_off"
  | "paused"
  | "disabled"
  | "no_account"
  | "not_activated"
  | "suspended"
  | "locked";

/** What can be proven; the names are the assurance room's (`lib/assurance/assurance.ts`), which stands above. */
export type Factor =
  | "password"
  | "totp"
  | "recovery_code"
  | "passkey_verified"
  | "passkey_present"
  | "email_code"
  | "google";

export type MailboxKind = "official" | "personal";
export type CaseKind = "report" | "name" | "identity" | "office";

export type CallerCheckKind = "codes" | "question" | "presence";
export type OfficerRequestKind = "factor_reset" | "reopen" | "name" | "identity" | "role";
/** The roles of `db/schema/roles.ts`. */
export type OfficerRole = "helpdesk" | "sa" | "ap" | "administrator" | "auditor";

export type AuditType = keyof AuditEvents;

/** What happened: the type, on whom (null where nobody has the number), and what the catalogue says it carries. */
export type AuditEvent = { [T in AuditType]: { type: T; accountId: string | null } & AuditEvents[T] }[AuditType];

/** Refusals end in these words; everything else succeeded. */
export const outcomeOf = (type: AuditType): "success" | "refused" =>
  type.endsWith(".refused") ? "refused" : "success";
