import { awaitsActivation } from "#lib/account/lifecycle.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import type { AccountFacts, LetterFact, MailTrouble } from "../account/account-facts.ts";
import type { OfficerAction } from "../act.ts";
import { type Finding, finding } from "./findings.ts";
import { suggestMailbox } from "./suggest-mailbox.ts";
import { troubleOf } from "./trouble-of.ts";

/** A letter usually goes out within seconds; one that waits so long waits for the mail server. */
export const QUEUED_LONG = minutes(5);

/** What keeps letters from the official mailbox, the newest sign of it first. */
export function mailFindings(facts: AccountFacts, now: Date, domains: readonly string[]): Finding[] {
  const [newest] = ownLetters(facts);
  const found: Finding[] = [];
  const trouble = currentTrouble(facts, newest);
  if (trouble) found.push(bounced(facts, trouble, domains));
  if (newest?.state === "queued" && after(newest.createdAt, QUEUED_LONG) <= now)
    found.push(finding("letter_queued_long", { since: newest.createdAt }, { again: true }));
  return found;
}

/** Letters to the official mailbox, newest first. One given up because it made no sense any more says nothing of the mail. */
export const ownLetters = ({ letters, officialEmail }: AccountFacts): LetterFact[] =>
  letters.filter(({ to, state }) => to.toLowerCase() === officialEmail.toLowerCase() && state !== "moot");

const failed = new Set<LetterFact["state"]>(["bounced", "complained", "refused"]);

type Trouble = { why: MailTrouble | "forwarded"; at: Date };

/**
 * What the mailbox is marked with. Where it is not, a letter that came back from it has been made up for since; one that was
 * sent on from there, or refused for what is in it, marks nothing and tells by itself.
 */
function currentTrouble({ mailTrouble }: AccountFacts, newest: LetterFact | undefined): Trouble | null {
  if (mailTrouble) return { why: mailTrouble.why, at: mailTrouble.since };
  if (!newest || !failed.has(newest.state)) return null;
  const why = troubleOf(newest);
  return why === "forwarded" || why === "other" ? { why, at: newest.bouncedAt ?? newest.createdAt } : null;
}

function bounced(facts: AccountFacts, { why, at }: Trouble, domains: readonly string[]): Finding {
  const mailbox = facts.officialEmail;
  const times = Math.max(1, ownLetters(facts).filter(({ state }) => failed.has(state)).length);
  // After activation the address is its owner's to change; an officer can say that letters go there again.
  const early = awaitsActivation(facts.status);
  const help: { do: OfficerAction } = { do: early ? "correct_mailbox" : "clear_mailbox" };
  switch (why) {
    case "no_such_mailbox":
    case "no_such_domain":
      return finding(
        "letter_bounced_no_such_mailbox",
        { times, at, mailbox, suggested: suggestMailbox(mailbox, domains) },
        help,
      );
    case "mailbox_full":
      return finding(
        "letter_bounced_mailbox_full",
        { times, at, mailbox },
        early ? { do: "resend_activation" } : { do: "clear_mailbox" },
      );
    default:
      return finding("letter_refused", { times, at, mailbox, why }, help);
  }
}
