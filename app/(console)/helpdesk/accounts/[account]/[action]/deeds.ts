import type { Account } from "#lib/account/find-account.ts";
import { type AccountAction, rightOfAction, type Wanted } from "#lib/helpdesk/actions/act-on.ts";
import { clearMailbox } from "#lib/helpdesk/actions/clear-mailbox.ts";
import { close } from "#lib/helpdesk/actions/close.ts";
import { confirmStaff } from "#lib/helpdesk/actions/confirm-staff.ts";
import { type CorrectRefusal, correctMailbox } from "#lib/helpdesk/actions/correct-mailbox.ts";
import { endSessions } from "#lib/helpdesk/actions/end-sessions.ts";
import { reinstate } from "#lib/helpdesk/actions/reinstate.ts";
import { requestReopening } from "#lib/helpdesk/actions/reopen.ts";
import { resendActivation } from "#lib/helpdesk/actions/resend-activation.ts";
import { sendReset } from "#lib/helpdesk/actions/send-reset.ts";
import { suspend } from "#lib/helpdesk/actions/suspend.ts";
import { type UnlockRefusal, unlock } from "#lib/helpdesk/actions/unlock.ts";
import { voidRegistration } from "#lib/helpdesk/actions/void-registration.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Result } from "#lib/kernel/result.ts";
import type { Right } from "#lib/office/roles/rights.ts";
import { actionPages } from "../paths.ts";

/** What is done to an account from a page of this kind; a reset of factors and a look at the number have their own. */
export type DeedName = Exclude<AccountAction, "unmask"> | "reopen";

/** Whatever stands in the way of one of them; each has words (`actions.refused`). */
export type DeedRefusal = Refusals<ReturnType<(typeof deeds)[DeedName]["act"]>> | CorrectRefusal | UnlockRefusal;
type Refusals<P> = Extract<Awaited<P>, { ok: false }> extends { error: infer E } ? E : never;

export type Given = Wanted & { typed: string };

export type Deed = {
  right: Right;
  act: (ctx: Context, given: Given) => Promise<Result<unknown, string>>;
  /** In which states of the account it makes sense; the page of any other says that it does not. */
  when: readonly Account["status"][];
  /** It takes something away from its owner. */
  grave?: true;
  /** The officer types an address too. */
  asksMailbox?: true;
};

const before = ["pre_registered", "registered", "email_verified", "presence_verified"] as const;
const anyOpen = [...before, "activated", "locked", "suspended"] as const;

/** Every one of them, by its name. */
export const deeds = {
  resend_activation: { right: rightOfAction.resend_activation, act: resendActivation, when: before },
  correct_mailbox: { right: rightOfAction.correct_mailbox, act: correctMailbox, when: before, asksMailbox: true },
  clear_mailbox: { right: rightOfAction.clear_mailbox, act: clearMailbox, when: anyOpen },
  confirm_staff: { right: rightOfAction.confirm_staff, act: confirmStaff, when: anyOpen },
  void_registration: {
    right: rightOfAction.void_registration,
    act: voidRegistration,
    when: ["registered", "email_verified", "presence_verified"],
    grave: true,
  },
  unlock: { right: rightOfAction.unlock, act: unlock, when: ["activated", "locked"] },
  send_reset: { right: rightOfAction.send_reset, act: sendReset, when: ["activated", "locked"], grave: true },
  end_sessions: { right: rightOfAction.end_sessions, act: endSessions, when: ["activated"], grave: true },
  suspend: { right: rightOfAction.suspend, act: suspend, when: [...before, "activated", "locked"], grave: true },
  reinstate: { right: rightOfAction.reinstate, act: reinstate, when: ["suspended"] },
  close: { right: rightOfAction.close, act: close, when: anyOpen, grave: true },
  reopen: { right: "reopen.request", act: requestReopening, when: ["closed"] },
} as const satisfies Record<DeedName, Deed>;

/** The deed that a page's address names; null for any other. */
export const deedOf = (slug: unknown): DeedName | null =>
  (Object.keys(deeds) as DeedName[]).find((name) => actionPages[name] === slug) ?? null;
