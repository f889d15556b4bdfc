import { linkState } from "#lib/account/activation/activation-link.ts";
import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import type { AccountFacts, LetterFact } from "../account/account-facts.ts";
import { type Finding, type FindingCode, finding } from "./findings.ts";
import { ownLetters, QUEUED_LONG } from "./mail-rules.ts";

/** Mail servers in between take minutes at times. Later than that it lies in the mailbox, or somewhere else. */
const ARRIVES_WITHIN = minutes(5);

/** What is said of a link is no news while a newer one is under way. */
export const OLD_NEWS: ReadonlySet<FindingCode> = new Set([
  "link_waiting",
  "link_expired_never_opened",
  "link_expired_opened",
  "link_not_asked_for",
  "reset_waiting",
]);

/**
 * The letter that lets somebody in, an activation link or one to a new password, was asked for or went out a moment ago, and
 * is not known to have arrived. Null where there is none: looking again in a few minutes is then no help.
 */
export function onItsWay(facts: AccountFacts, now: Date): Finding | null {
  const kind = awaitsActivation(facts.status) ? "activation" : "password_reset";
  const letter = ownLetters(facts).find((each) => each.kind === kind);
  if (!letter || facts.mailTrouble?.isFinal) return null;
  const since = letter.state === "queued" ? letter.createdAt : letter.handedOverAt;
  if (!since || !isFresh(letter, since, now) || (letter.state === "handed_over" && !awaited(facts, now))) return null;
  return finding("letter_on_its_way", { at: since, sent: letter.state !== "queued" }, { again: true });
}

function isFresh({ state }: LetterFact, since: Date, now: Date): boolean {
  if (state === "queued") return after(since, QUEUED_LONG) > now;
  return state === "handed_over" && after(since, ARRIVES_WITHIN) > now;
}

/** Its link works, and nobody has opened it: who has was reached. */
function awaited({ status, link, reset }: AccountFacts, now: Date): boolean {
  if (!awaitsActivation(status)) return reset !== null;
  return link !== null && !link.opened && linkState(link, now) === "alive";
}
