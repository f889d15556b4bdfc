import type { undeliverableMailbox } from "#db/schema/helpdesk.ts";

/** Why nothing arrives in a mailbox. */
export type Why = (typeof undeliverableMailbox.$inferSelect)["why"];

/**
 * What a letter that came back says of its mailbox. `isFinal`: nothing will arrive there, so nothing more is sent.
 * `code`: as the other side gave it ("5.1.1", "550"), without its words; null where it gave none.
 */
export type Bounce = { why: Why; isFinal: boolean; code: string | null };

/** A server's refusal, as far as it was told: the reply ("550"), the enhanced status ("5.1.1"), and its words. */
export type Told = { reply?: number; status?: string; words?: string };

type Verdict = readonly [why: Why, isFinal: boolean];

const gone: Verdict = ["no_such_mailbox", true];
const nowhere: Verdict = ["no_such_domain", true];
const full: Verdict = ["mailbox_full", false];
const blocked: Verdict = ["blocked", false];
const unclear: Verdict = ["other", false];

/**
 * By subject and detail of the enhanced status (RFC 3463 §3, RFC 7505 §4.2 for 1.10). 4.1 is what Exchange Online says
 * where it knows no such recipient; elsewhere it is a server that does not answer, which comes with class 4.
 */
const byStatus: Readonly<Record<string, Verdict>> = {
  "1.0": gone,
  "1.1": gone,
  "1.2": nowhere,
  "1.3": gone,
  "1.6": gone,
  "1.10": nowhere,
  "2.1": gone,
  "2.2": full,
  "4.1": gone,
  "4.4": nowhere,
};

/** By the reply to the recipient (RFC 5321 §4.2.3, RFC 7504 §4), where the server gave no enhanced status. */
const byReply: Readonly<Record<number, Verdict>> = { 550: gone, 551: gone, 552: full, 553: gone, 556: nowhere };

const FULL = /\b(over ?quota|quota exceeded|mailbox (is )?full|exceeded (the |its |their )?(storage|mailbox))\b/i;

/**
 * Reads a refusal. Only one of class 5 can be final. Servers that speak of a full mailbox under another status are
 * believed, since a mailbox that is only full is worth another letter.
 */
export function judgeBounce({ reply, status, words = "" }: Told): Bounce {
  const [group, ...detail] = status?.split(".") ?? [];
  const isLasting = group === undefined ? (reply ?? 0) >= 500 : group === "5";
  const code = status ?? (reply === undefined ? null : String(reply));
  const [why, isFinal] = FULL.test(words) ? full : verdictOf(detail, reply);
  return { why: isLasting || why === "mailbox_full" ? why : "other", isFinal: isFinal && isLasting, code };
}

function verdictOf(detail: readonly string[], reply: number | undefined): Verdict {
  if (detail.length > 0 && detail.join(".") !== "0.0")
    return byStatus[detail.join(".")] ?? (detail[0] === "7" ? blocked : unclear);
  return reply === undefined ? unclear : (byReply[reply] ?? unclear);
}

/**
 * The bounce in a transport's own reason for not taking a letter (`smtp_550_5.1.1_rcpt_to`); null where the refusal says
 * nothing of the mailbox.
 */
export function bounceOfRefusal(reason: string): Bounce | null {
  const found = /^smtp_(\d{3})(?:_(\d\.\d{1,3}\.\d{1,3}))?_(rcpt_to|data)$/.exec(reason);
  if (!found) return null;
  const [, reply, status, stage] = found;
  if (status) return judgeBounce({ status, reply: Number(reply) });
  // The letter's own words were read by then: what is refused is the letter, unless there is no room for it.
  if (stage === "data" && reply !== "552") return { why: "blocked", isFinal: false, code: reply ?? null };
  return judgeBounce({ reply: Number(reply) });
}

const FORWARDED = "forwarded";
const COMPLAINED = "complained";
/** What no server was asked to take, since it is no address. */
export const ADDRESS_MALFORMED = "address_malformed";

/** As the letter's row keeps it: `bounced_no_such_mailbox_5.1.1`, or `bounced_forwarded_5.1.1`. */
export const reasonOfBounce = ({ why, code }: Bounce, forwarded = false): string =>
  ["bounced", forwarded ? FORWARDED : why, code].filter(Boolean).join("_");

export const REASON_OF_COMPLAINT = COMPLAINED;

const IN_REASON = /^bounced_(mailbox_full|no_such_mailbox|no_such_domain|blocked|other|forwarded)(?:_|$)/;

/**
 * Why a letter did not arrive, out of its row's reason, for the words to it. `forwarded`: its mailbox took it and sends
 * everything on to another, which did not. null: it says nothing of the mailbox.
 */
export function whyOfReason(reason: string | null): Why | "forwarded" | null {
  if (reason === null) return null;
  if (reason === COMPLAINED) return "complained";
  if (reason === ADDRESS_MALFORMED) return "no_such_mailbox";
  const named = IN_REASON.exec(reason)?.[1];
  return named ? (named as Why | "forwarded") : (bounceOfRefusal(reason)?.why ?? null);
}
