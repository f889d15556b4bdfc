import type { AccountStatus } from "#db/schema/account.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { judge, type Officer, type Right } from "#lib/office/roles/rights.ts";
import type { OfficerAction } from "../act.ts";
import type { AccountFacts } from "./account-facts.ts";

/** What is done to an account from its page, in the order of its list, with the right it takes and when it makes sense. */
const offered = {
  resend_activation: { right: "activation.resend", when: ({ status }) => awaitsActivation(status) },
  correct_mailbox: { right: "mailbox.correct", when: ({ status }) => awaitsActivation(status) },
  clear_mailbox: { right: "mailbox.correct", when: ({ mailTrouble }) => mailTrouble !== null },
  confirm_staff: { right: "staff.confirm", when: (of) => !of.staffConfirmedAt && of.status !== "closed" },
  void_registration: {
    right: "registration.void",
    when: ({ status, selfRegisteredAt }) => selfRegisteredAt !== null && awaitsActivation(status),
  },
  unlock: {
    right: "account.unlock",
    when: ({ status, pauses, codesPausedUntil }) =>
      status === "locked" || (status === "activated" && (pauses.length > 0 || codesPausedUntil !== null)),
  },
  send_reset: {
    right: "account.unlock",
    when: ({ status, officialEmailVerifiedAt }) => status === "activated" && officialEmailVerifiedAt !== null,
  },
  request_reset: {
    right: "reset.request",
    when: ({ status, passkeys, totp }) => status === "activated" && (passkeys.length > 0 || totp !== null),
  },
  end_sessions: { right: "sessions.end", when: ({ sessions }) => sessions.length > 0 },
  suspend: { right: "account.suspend", when: ({ status }) => !isAtRest(status) },
  reinstate: { right: "account.reinstate", when: ({ status }) => status === "suspended" },
  close: { right: "account.close", when: ({ status }) => status !== "closed" },
  reopen: { right: "reopen.request", when: ({ status }) => status === "closed" },
} as const satisfies Partial<Record<OfficerAction, { right: Right; when: (facts: AccountFacts) => boolean }>>;

export type OfferedAction = keyof typeof offered;
export const offeredActions = Object.keys(offered) as OfferedAction[];

const isAtRest = (status: AccountStatus): boolean => status === "suspended" || status === "closed";

/** Whether somebody holds the right but may not use it on this account: it is their own, or of equal or higher rank. */
export type Barred = "own" | "outranked" | null;

/** The account as the rule of ranks sees it. */
const targetOf = ({ id, office, grants }: AccountFacts, now: Date) => ({
  accountId: id,
  officeId: office.id,
  grants: grants.filter(({ state, fromAt }) => state === "active" && fromAt <= now),
});

export const mayDo = (officer: Officer, right: Right, facts: AccountFacts, now: Date): boolean =>
  judge(officer, right, targetOf(facts, now)) === "allowed";

/**
 * What an officer may do to an account in the state it is in. It decides what is shown; the use case asks again. `barred`: why
 * something that makes sense is not among it, though they hold the right.
 */
export function possibleActions(
  officer: Officer,
  facts: AccountFacts,
  now: Date,
): { actions: OfferedAction[]; barred: Barred } {
  const sensible = offeredActions.filter((action) => offered[action].when(facts));
  const verdicts = sensible.map((action) => ({
    action,
    verdict: judge(officer, offered[action].right, targetOf(facts, now)),
  }));
  const outranked = verdicts.some(({ verdict }) => verdict === "outranked");
  return {
    actions: verdicts.flatMap(({ action, verdict }) => (verdict === "allowed" ? [action] : [])),
    barred: !outranked ? null : officer.accountId === facts.id ? "own" : "outranked",
  };
}
