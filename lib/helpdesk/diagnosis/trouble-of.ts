import type { LetterFact, MailTrouble } from "../account/account-facts.ts";

const named: readonly MailTrouble[] = ["mailbox_full", "no_such_mailbox", "no_such_domain", "blocked", "complained"];

/**
 * Why a letter did not arrive, from its state and its code: what the mail room says by name, or an enhanced status of RFC 3463 §3
 * (`5.1.1`: no such mailbox, `5.1.2`: no such host, `x.2.2`: full, `x.7.x`: policy).
 */
export function troubleOf({ state, reason }: Pick<LetterFact, "state" | "reason">): MailTrouble {
  if (state === "complained") return "complained";
  const said = reason ?? "";
  const byName = named.find((name) => said.includes(name));
  if (byName) return byName;
  const [, subject, detail] = /(?:^|\D)[45]\.(\d{1,3})\.(\d{1,3})(?:\D|$)/.exec(said) ?? [];
  if (subject === "2" && detail === "2") return "mailbox_full";
  if (subject === "1") return detail === "2" ? "no_such_domain" : "no_such_mailbox";
  if (subject === "7") return "blocked";
  if (/(?:^|_)552(?:_|$)/.test(said)) return "mailbox_full";
  return /(?:^|_)550_rcpt_to$|address_malformed/.test(said) ? "no_such_mailbox" : "other";
}
