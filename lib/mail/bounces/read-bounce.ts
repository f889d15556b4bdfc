import type { Told } from "../delivery/judge-bounce.ts";
import { LETTER_HEADER, MARK } from "./letter-mark.ts";
import { type Entity, first, type Headers, readEntity, splitHeaders } from "./read-entity.ts";

/** What a mail server reports of one letter (RFC 3464 §2.3). */
export type Report = {
  action: "failed" | "delayed" | "delivered";
  told: Told;
  /** Whom it was for when it failed, bare; null where the report does not say. */
  finalRecipient: string | null;
  /** Whom it was for when it was handed over. */
  originalRecipient: string | null;
};

/** A report, and the marks that may name its letter. Nobody has looked yet whether they are ours. */
export type FoundBounce = { report: Report; marks: readonly string[] };

const REPORTS = new Set(["message/delivery-status", "message/global-delivery-status"]);
const MARKED = [
  LETTER_HEADER.toLowerCase(),
  "message-id",
  "x-original-message-id",
  "original-envelope-id",
  "in-reply-to",
  "references",
];

/**
 * The bounces in a mail: reports in their own form (RFC 3464), also inside mails that were forwarded as attachments; else one
 * in words, as older servers write them and people forward them. Empty for any other mail, answers of people who are away
 * included. `source`: a byte a character.
 */
export function readBounces(source: string): FoundBounce[] {
  const mail = readEntity(source);
  const found = reportsIn(mail, []);
  if (found.length > 0) return found;
  const inWords = bounceInWords(mail);
  return inWords ? [inWords] : [];
}

/** `around`: headers of the mails it lies in, which name the letter where the report does not return it. */
function reportsIn(entity: Entity, around: readonly Headers[]): FoundBounce[] {
  const known = [entity.headers, ...around];
  const status = entity.parts.find(({ type }) => REPORTS.has(type));
  if (!status) return entity.parts.flatMap((part) => reportsIn(part, known));
  const report = readReport(status.text || (status.parts[0]?.text ?? ""));
  if (!report) return [];
  const returned = entity.parts.filter((part) => part !== status).flatMap(headersOf);
  return [{ report, marks: marksIn([...returned, ...known]) }];
}

/** Headers of a mail that was sent back, whole or as a text of its headers alone. */
function headersOf(entity: Entity): Headers[] {
  const inText = /rfc822-headers$|global-headers$/.test(entity.type) ? [splitHeaders(entity.text).headers] : [];
  return [entity.headers, ...inText, ...entity.parts.flatMap(headersOf)];
}

const marksIn = (all: readonly Headers[]): string[] => [
  ...new Set(
    all.flatMap((headers) =>
      MARKED.flatMap((name) => headers.get(name) ?? []).flatMap((value) => MARK.exec(value)?.[0].toLowerCase() ?? []),
    ),
  ),
];

/**
 * A delivery status: fields of the whole report, then a group for each recipient. Our letters have one; of several the
 * first that failed.
 */
function readReport(text: string): Report | null {
  const groups = text.split(/\r?\n[ \t]*\r?\n/).map((group) => splitHeaders(group).headers);
  const recipients = groups.filter((group) => group.has("action") || group.has("final-recipient"));
  const actionOf = (group: Headers) =>
    first(group, "action")
      ?.toLowerCase()
      .split(/[\s;(]/)[0];
  const one = recipients.find((group) => actionOf(group) === "failed") ?? recipients[0];
  const action = one && actionOf(one);
  // "relayed" and "expanded" went on to where nobody reports from: neither arrived nor came back.
  if (!one || (action !== "failed" && action !== "delayed" && action !== "delivered")) return null;
  const words = first(one, "diagnostic-code") ?? "";
  return {
    action,
    told: toldBy(first(one, "status") ?? "", words),
    finalRecipient: addressIn(first(one, "final-recipient")),
    originalRecipient: addressIn(first(one, "original-recipient")),
  };
}

/** The status of the report, or that of the server's words, where the report's own is the empty 5.0.0. */
function toldBy(stated: string, words: string): Told {
  const own = /^[245]\.\d{1,3}\.\d{1,3}/.exec(stated)?.[0];
  const theirs = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0];
  const reply = /(?:^|[;\s])([45]\d\d)(?=[\s-])/.exec(words)?.[1];
  const status = own && !/\.0\.0$/.test(own) ? own : (theirs ?? own);
  return { ...(status && { status }), ...(reply && { reply: Number(reply) }), words };
}

/** `rfc822; aisyah@agency.gov.my` → the address. Anybody may send a bounce: what looks for one must take no more time than its length. */
function addressIn(field: string | undefined): string | null {
  const found = (field ?? "").split(/[\s<>;]+/).find((word) => /.@./.test(word));
  return found?.toLowerCase() ?? null;
}

/**
 * A bounce in words: text that quotes our letter's headers, and before them says how a server refused it. Without the
 * quoted mark nothing is believed, and without a refusal it is an answer of some other kind.
 */
function bounceInWords(mail: Entity): FoundBounce | null {
  const texts = textsOf(mail).map((text) => text.replace(/^(?:[ \t]*>)+ ?/gm, ""));
  const all = texts.join("\n");
  const quoted = new RegExp(`(?:${LETTER_HEADER}|Message-ID)\\s*:\\s*<?(${MARK.source})`, "i").exec(all);
  const marks = quoted ? [(quoted[1] ?? "").toLowerCase()] : marksIn(returnedMails(mail));
  const before = quoted ? all.slice(0, quoted.index) : all;
  const told = refusalIn(before);
  if (marks.length === 0 || !told) return null;
  return { marks, report: { action: "failed", told, finalRecipient: null, originalRecipient: null } };
}

/** Texts of the mail itself and of mails inside it, but of none that is our own letter come back. */
function textsOf(entity: Entity): string[] {
  if (marksIn([entity.headers]).length > 0 && entity.headers.has(LETTER_HEADER.toLowerCase())) return [];
  return entity.parts.length > 0 ? entity.parts.flatMap(textsOf) : entity.type.startsWith("text/") ? [entity.text] : [];
}

const returnedMails = (entity: Entity): Headers[] =>
  entity.parts.flatMap((part) => [
    ...(part.headers.has(LETTER_HEADER.toLowerCase()) ? [part.headers] : []),
    ...returnedMails(part),
  ]);

/** "550 5.1.1 …", "550-5.1.1", "#5.1.1", "Status: 5.1.1": only what is final, since the others are tried again. */
function refusalIn(text: string): Told | null {
  const reply = /\b(5[05]\d)[ -]#?(5\.\d{1,3}\.\d{1,3})?/.exec(text);
  const status = reply?.[2] ?? /(?:#|\bstatus(?: code)?:? ?)(5\.\d{1,3}\.\d{1,3})\b/i.exec(text)?.[1];
  if (!reply && !status) return null;
  return { ...(status && { status }), ...(reply?.[1] && { reply: Number(reply[1]) }), words: text.slice(0, 4_000) };
}
