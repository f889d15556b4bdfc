import { limits } from "#lib/throttle/limits.ts";
import type { AccountFacts } from "../account/account-facts.ts";
import { type Finding, type Findings, finding } from "./findings.ts";
import { lateCode } from "./late-code.ts";
import { triesOf } from "./tries-of.ts";

type DisabledWhy = Findings["password_disabled_not_me"]["why"];
const disabledBy: readonly DisabledWhy[] = ["mailbox_restored", "officer"];

/** What certainly keeps an activated account from being signed in to, the surest first. */
export function certainFindings(facts: AccountFacts, now: Date): Finding[] {
  const { password, reset, pauses, codesPausedUntil, recovery, ticket } = facts;
  const found: Finding[] = [];
  if (reset)
    found.push(
      finding("reset_waiting", { sent: reset.handedOverAt, ends: reset.expiresAt }, { guide: "forgot-password" }),
    );
  if (password?.disabledAt) {
    const why = disabledBy.find((each) => each === password.disabledWhy) ?? "not_me";
    found.push(finding("password_disabled_not_me", { at: password.disabledAt, why }, { do: "send_reset" }));
  }
  const spent = pauses.find(({ failures }) => failures >= limits.password.disabledAfter);
  if (spent && !password?.disabledAt)
    found.push(
      finding("password_disabled_after_100", { tries: spent.failures, at: spent.lastTriedAt }, { do: "send_reset" }),
    );
  if (ticket) found.push(finding("second_factor_ticket_waiting", { until: ticket.expiresAt }, { guide: "first-aid" }));
  const waits = recovery?.startedAt && !recovery.cancelledAt && !recovery.completedAt ? recovery.readyAt : null;
  if (waits && waits > now)
    found.push(finding("second_factor_lost_waiting", { until: waits }, { do: "request_reset" }));
  const paused = pauses.find((each) => each !== spent && each.pausedUntil !== null && each.pausedUntil > now);
  if (paused?.pausedUntil)
    found.push(finding("password_paused", { until: paused.pausedUntil, tries: paused.failures }, { do: "unlock" }));
  if (codesPausedUntil && codesPausedUntil > now)
    found.push(finding("codes_paused", { until: codesPausedUntil }, { do: "unlock" }));
  return found;
}

/** What somebody tried in vain since they were last let in, the newest first: each with the moment that it is ordered by. */
export function signsOfTrouble(facts: AccountFacts, now: Date): Finding[] {
  const signs = [
    clockOff(facts),
    passkeyUnknown(facts),
    codeLate(facts, now),
    codeOff(facts),
    mailboxUnverified(facts),
    factorLost(facts),
    factorNotGiven(facts),
    passwordWrong(facts),
  ].filter((sign) => sign !== null);
  return signs.toSorted((a, b) => b.at.getTime() - a.at.getTime()).map((sign) => sign.found);
}

type Sign = { at: Date; found: Finding } | null;
const sign = (at: Date, found: Finding): Sign => ({ at, found });

function clockOff(facts: AccountFacts): Sign {
  const tried = triesOf(facts, "sign_in.refused", { factor: "totp", reasons: ["clock_skew"] });
  return (
    tried && sign(tried.lastAt, finding("clock_of_phone_off", { at: tried.lastAt }, { guide: "authenticator-app" }))
  );
}

function passkeyUnknown(facts: AccountFacts): Sign {
  const tried = triesOf(facts, "sign_in.refused", { reasons: ["unknown_credential"] });
  return tried && sign(tried.lastAt, finding("passkey_unknown", { at: tried.lastAt }, { guide: "passkey" }));
}

function codeLate(facts: AccountFacts, now: Date): Sign {
  const late = lateCode(facts, now);
  return late && sign(late.at, finding("code_by_email_late", late, { guide: "email-otp" }));
}

function codeOff(facts: AccountFacts): Sign {
  const tried = triesOf(facts, "email_code.refused", { reasons: ["switched_off"] });
  return tried && sign(tried.lastAt, finding("code_by_email_off", { at: tried.lastAt }, { guide: "email-otp" }));
}

function mailboxUnverified(facts: AccountFacts): Sign {
  if (facts.officialEmailVerifiedAt) return null;
  const reasons = ["mailbox_unverified"];
  const tried =
    triesOf(facts, "email_code.refused", { reasons }) ?? triesOf(facts, "password_reset.refused", { reasons });
  return tried && sign(tried.lastAt, finding("mailbox_unverified", { at: tried.lastAt }, null));
}

/** Codes and answers that did not match, or a way back that was begun and never ended: without one that waits. */
function factorLost(facts: AccountFacts): Sign {
  const { recovery, ticket } = facts;
  if (ticket || (recovery?.startedAt && !recovery.cancelledAt && !recovery.completedAt)) return null;
  const asked = triesOf(facts, "recovery.issued");
  const refused = triesOf(facts, "recovery.refused", {
    reasons: ["answers_mismatch", "tries_used", "no_questions", "code_mismatch", "code_tries_used"],
  });
  const at = asked && refused && asked.lastAt > refused.lastAt ? asked.lastAt : (refused ?? asked)?.lastAt;
  if (!at) return null;
  const stopped = recovery?.cancelledAt ? "stopped" : "unfinished";
  const why = !refused
    ? stopped
    : refused.reason === "no_questions"
      ? "no_questions"
      : refused.reason?.startsWith("code_")
        ? "unfinished"
        : "answers";
  return sign(at, finding("second_factor_lost_no_recovery", { at, why }, { do: "request_reset" }));
}

/** How often a right password has to be left alone before it is a sign: once is somebody who went to fetch the phone. */
const LEFT_ALONE = 2;

function factorNotGiven(facts: AccountFacts): Sign {
  const tried = triesOf(facts, "sign_in.proved");
  if (!tried || tried.times < LEFT_ALONE) return null;
  return sign(
    tried.lastAt,
    finding("second_factor_not_given", { times: tried.times, at: tried.lastAt }, { do: "request_reset" }),
  );
}

function passwordWrong(facts: AccountFacts): Sign {
  const tried = triesOf(facts, "sign_in.refused", { factor: "password", reasons: ["wrong_password"] });
  // Of a password that was chosen since, nothing is known yet.
  if (!tried || (facts.password && facts.password.setAt > tried.lastAt)) return null;
  return sign(tried.lastAt, finding("password_wrong", { times: tried.times, at: tried.lastAt }, { do: "send_reset" }));
}
