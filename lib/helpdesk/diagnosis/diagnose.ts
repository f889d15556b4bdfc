import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { before } from "#lib/kernel/time.ts";
import type { AccountFacts } from "../account/account-facts.ts";
import { IDLE } from "../idle.ts";
import { activationFindings } from "./activation-rules.ts";
import { type Finding, finding } from "./findings.ts";
import { mailFindings } from "./mail-rules.ts";
import { OLD_NEWS, onItsWay } from "./on-its-way.ts";
import { certainFindings, signsOfTrouble } from "./sign-in-rules.ts";
import { standingFindings } from "./standing-rules.ts";
import { systemFindings } from "./system-rules.ts";

/**
 * Why somebody cannot get in, in order of likelihood: first what certainly bars the way, then what they tried in vain, the
 * newest first, then what may be behind it. Pure, and never empty: where nothing is found, that is said. `domains`: those of the
 * agency's mailboxes, for a slip in an address.
 */
export function diagnose(
  facts: AccountFacts,
  { now, domains }: { now: Date; domains: readonly string[] },
): [Finding, ...Finding[]] {
  const [first, ...more] = findAll(facts, now, domains);
  return first ? [first, ...more] : [calm(facts, now)];
}

function findAll(facts: AccountFacts, now: Date, domains: readonly string[]): Finding[] {
  const standing = standingFindings(facts);
  if (standing.length > 0) return standing;
  const mail = mailFindings(facts, now, domains);
  const letter = onItsWay(facts, now);
  const found = awaitsActivation(facts.status)
    ? ofActivation(mail, activationFindings(facts, now))
    : ofSigningIn(facts, now, mail);
  // Before its day no letter of an activation goes.
  if (!letter || found[0]?.code === "awaiting_opening_date") return found;
  return [letter, ...found.filter(({ code }) => !OLD_NEWS.has(code))];
}

function ofSigningIn(facts: AccountFacts, now: Date, mail: Finding[]): Finding[] {
  const ofPortal = [...certainFindings(facts, now), ...signsOfTrouble(facts, now), ...mail];
  return [...ofPortal, ...officeHasToConfirm(facts), ...systemFindings(facts)];
}

/** Before its day no letter is sent; else what bars the letters comes before what became of the links in them. */
function ofActivation(mail: Finding[], links: Finding[]): Finding[] {
  if (links[0]?.code === "awaiting_opening_date") return links;
  // A link that never arrived neither waits nor was left unopened.
  const arrived = mail.length === 0 ? links : links.filter(({ code }) => code === "identity_mismatch_on_link");
  return [...mail, ...arrived];
}

const officeHasToConfirm = ({ staffConfirmedAt, createdAt, activatedAt }: AccountFacts): Finding[] =>
  staffConfirmedAt
    ? []
    : [finding("not_confirmed_by_office", { since: activatedAt ?? createdAt }, { do: "confirm_staff" })];

function calm({ lastSignInAt, activatedAt }: AccountFacts, now: Date): Finding {
  const last = lastSignInAt ?? activatedAt;
  if (last && last <= before(now, IDLE)) return finding("idle", { last: lastSignInAt }, null);
  return finding("no_problem_found", { last: lastSignInAt }, null);
}
