import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { judge, type Officer, type Right } from "#lib/office/roles/rights.ts";
import { limits } from "#lib/throttle/limits.ts";
import { rightOfAction } from "../actions/act-on.ts";
import type { AccountFacts, PauseFact } from "./account-facts.ts";

/** The right of each; two of them are the first half of what two officers do. */
const rightOf = { ...rightOfAction, request_reset: "reset.request", reopen: "reopen.request" } as const;

/** What is done to an account from its page, in the order of its list, and when it makes sense. */
const offered = {
  resend_activation: ({ status }) => awaitsActivation(status),
  correct_mailbox: ({ status }) => awaitsActivation(status),
  clear_mailbox: ({ mailTrouble }) => mailTrouble !== null,
  confirm_staff: ({ staffConfirmedAt, status }) => !staffConfirmedAt && status !== "closed",
  void_registration: ({ status, selfRegisteredAt }) => selfRegisteredAt !== null && awaitsActivation(status),
  unlock: ({ status, pauses, codesPausedUntil }) =>
    status === "locked" || (status === "activated" && (codesPausedUntil !== null || pauses.some(isPause))),
  send_reset: ({ status, officialEmailVerifiedAt }) => status === "activated" && officialEmailVerifiedAt !== null,
  request_reset: ({ status, passkeys, totp }) => status === "activated" && (passkeys.length > 0 || totp !== null),
  end_sessions: ({ sessions }) => sessions.length > 0,
  suspend: ({ status }) => status !== "suspended" && status !== "closed",
  reinstate: ({ status }) => status === "suspended",
  close: ({ status }) => status !== "closed",
  reopen: ({ status }) => status === "closed",
} as const satisfies { [A in keyof typeof rightOf]?: (facts: AccountFacts) => boolean };
export type OfferedAction = keyof typeof offered;
const offeredActions = Object.keys(offered) as OfferedAction[];

/** Wrong tries that an officer may make up for; after a hundred only a new password helps. */
const isPause = ({ failures }: PauseFact): boolean => failures < limits.password.disabledAfter;

/** Whether somebody holds the right but may not use it on this account: it is their own, or of equal or higher rank. */
export type Barred = "own" | "outranked" | null;

/** The account as the rule of ranks sees it. */
const targetOf = ({ id, office, grants }: AccountFacts) => ({ accountId: id, officeId: office.id, grants });

export const mayDo = (officer: Officer, right: Right, facts: AccountFacts): boolean =>
  judge(officer, right, targetOf(facts)) === "allowed";

/**
 * What an officer may do to an account in the state it is in. It decides what is shown; the use case asks again. `barred`: why
 * something that makes sense is not among it, though they hold the right.
 */
export function possibleActions(officer: Officer, facts: AccountFacts): { actions: OfferedAction[]; barred: Barred } {
  const sensible = offeredActions.filter((action) => offered[action](facts));
  const verdicts = sensible.map((action) => ({
    action,
    verdict: judge(officer, rightOf[action], targetOf(facts)),
  }));
  const outranked = verdicts.some(({ verdict }) => verdict === "outranked");
  return {
    actions: verdicts.flatMap(({ action, verdict }) => (verdict === "allowed" ? [action] : [])),
    barred: !outranked ? null : officer.accountId === facts.id ? "own" : "outranked",
  };
}
