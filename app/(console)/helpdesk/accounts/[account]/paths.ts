import type { OfferedAction } from "#lib/helpdesk/account/possible-actions.ts";

export const ACCOUNTS_PATH = "/helpdesk";

/** The page of an account, or one below it. */
export const accountPath = (accountId: string, page?: string): string =>
  `/helpdesk/accounts/${accountId}${page ? `/${page}` : ""}`;

/** Where each action is done: `/helpdesk/accounts/ID/resend-activation`. */
export const actionPages = {
  resend_activation: "resend-activation",
  correct_mailbox: "correct-mailbox",
  clear_mailbox: "clear-mailbox",
  confirm_staff: "confirm-staff",
  void_registration: "void-registration",
  unlock: "unlock",
  send_reset: "send-reset",
  request_reset: "reset",
  end_sessions: "end-sessions",
  suspend: "suspend",
  reinstate: "reinstate",
  close: "close",
  reopen: "reopen",
} as const satisfies Record<OfferedAction, string>;

export const actionPath = (accountId: string, action: OfferedAction): string =>
  accountPath(accountId, actionPages[action]);
export const callerPath = (accountId: string): string => accountPath(accountId, "caller");
export const unmaskPath = (accountId: string): string => accountPath(accountId, "unmask");
export const rolesPath = (accountId: string): string => accountPath(accountId, "roles");

/** A page of the timeline; `before`: the line that the page before ended with. */
export const timelinePath = (accountId: string, before?: number): string =>
  `${accountPath(accountId)}${before === undefined ? "" : `?before=${before}`}#timeline`;
/** Roles in other systems; with one of them chosen, the form that gives roles in it. */
export const systemsPath = (accountId: string, systemId?: string): string =>
  `${accountPath(accountId, "systems")}${systemId ? `?system=${systemId}` : ""}`;
export const endSystemRolePath = (accountId: string, grantId: string): string =>
  `${accountPath(accountId, "systems/end")}?grant=${grantId}`;
export const accessRequestPath = (requestId: string): string => `/helpdesk/access/${requestId}`;
