/**
 * Every event there is, with what it carries. Ids and codes only: never a name, an address, an identity number or a secret.
 * An event that is not here cannot be recorded.
 */
export type AuditEvents = {
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
  "sign_in.succeeded": { sessionId: string; level: string; newDevice: boolean };
  "sign_in.refused": {
    reason: "wrong_password" | "paused" | "disabled" | "no_account" | "not_activated" | "suspended" | "locked";
  };
  "session.ended": { sessionId: string; why: string };
  "letter.handed_over": { letterId: string; kind: string };
  "letter.refused": { letterId: string; kind: string; reason: string };
  "letter.moot": { letterId: string; kind: string };
};

export type AuditType = keyof AuditEvents;

/** What happened: the type, on whom (null where nobody has the number), and what the catalogue says it carries. */
export type AuditEvent = { [T in AuditType]: { type: T; accountId: string | null } & AuditEvents[T] }[AuditType];

/** Refusals end in these words; everything else succeeded. */
export const outcomeOf = (type: AuditType): "success" | "refused" =>
  type.endsWith(".refused") ? "refused" : "success";
