import { lengthOf, unfitText } from "#lib/kernel/plain-text.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { after, days } from "#lib/kernel/time.ts";
import { decimalsOf } from "./write-amount.ts";

/** The one type of authorization details (RFC 9396 §2) there is. */
export const APPROVAL_TYPE = "urn:kunci:transaction-approval";

/** Bytes of the whole parameter. */
const DETAIL_MAX = 4_096;
/** In characters. */
const TITLE_MAX = 200;
const REFERENCE_MAX = 64;
const PAYEE_MAX = 200;
/** How far ahead a system may set the end of its request. */
const LONGEST = days(7);

/** A transaction to be approved, exactly as its system sent it. */
export type Detail = {
  readonly type: typeof APPROVAL_TYPE;
  /** The system's own name of this request; each is decided once. */
  readonly identifier: string;
  readonly title: string;
  readonly reference: string;
  /** A decimal number as text, "12500.00". */
  readonly amount?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly payee?: string;
  /** Key of the role of the system in which it is approved. */
  readonly role: string;
  /** RFC 3339. */
  readonly expires_at?: string;
  /** Of what is approved, where that is a document: `value` is base64url of 32 bytes. */
  readonly document_digest?: { readonly alg: "sha-256"; readonly value: string };
};

/** What is wrong, in the words that a system's engineers read (RFC 6749 §5.2: ASCII without quotes and backslashes). */
type Refused = string;
type Read<T> = Result<T, Refused>;

/** Visible ASCII: it goes into addresses, logs and file names of the system. */
const IDENTIFIER = /^[\x21-\x7e]{1,64}$/;
export const isIdentifier = (value: unknown): value is string => typeof value === "string" && IDENTIFIER.test(value);
const ROLE = /^[\x21-\x7e]{1,64}$/;
/** No sign, no exponent, no leading zero: an amount is written in one way only. */
const AMOUNT = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/;
const CURRENCY = /^[A-Z]{3}$/;
/** RFC 3339 §5.6, with an offset. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;
/** 32 bytes in base64url: 43 characters, of which the last has two bits left over that are nought. */
const SHA_256 = /^[\w-]{42}[AEIMQUYcgkosw048]$/;

/**
 * What a line of other places may have and this may not: marks that change the look of a character before them or nothing at all,
 * a blank that is no space, marks of annotation.
 */
const UNSEEN = /[\uFE0E\uFE0F\u2800\uFFF9-\uFFFB]/u;
/** Marks piled up until they reach over the lines above and below, an amount among them. No script has so many on a letter. */
const PILED = /\p{Mark}{4}/u;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A line that people read: what they see is what is signed, so nothing in it may be invisible or turn it around. */
function line(value: unknown, name: string, max: number): Read<string> {
  if (typeof value !== "string") return refuse(`${name} must be a string`);
  const unfit = unfitText(value);
  if (unfit !== null) return refuse(`${name} has characters that may not be shown (${unfit})`);
  if (UNSEEN.test(value)) return refuse(`${name} has characters that may not be shown (invisible_characters)`);
  if (PILED.test(value)) return refuse(`${name} has more than 3 marks on a character`);
  if (value.trim() === "") return refuse(`${name} is empty`);
  if (value !== value.trim()) return refuse(`${name} begins or ends with a space`);
  return lengthOf(value) > max ? refuse(`${name} has more than ${max} characters`) : ok(value);
}

const fits = (value: unknown, name: string, pattern: RegExp, shape: string): Read<string> =>
  typeof value === "string" && pattern.test(value) ? ok(value) : refuse(`${name} must be ${shape}`);

function moment(value: unknown, now: Date): Read<string> {
  const read = fits(value, "expires_at", MOMENT, "an RFC 3339 date-time with an offset");
  if (!read.ok) return read;
  const at = new Date(read.value);
  if (Number.isNaN(at.getTime())) return refuse("expires_at is no date");
  if (at <= now) return refuse("expires_at has passed");
  return at > after(now, LONGEST) ? refuse("expires_at is more than 7 days ahead") : read;
}

function documentDigest(value: unknown): Read<{ alg: "sha-256"; value: string }> {
  if (!isObject(value) || Object.keys(value).sort().join() !== "alg,value" || value.alg !== "sha-256")
    return refuse("document_digest must be {alg: sha-256, value}");
  const read = fits(value.value, "document_digest.value", SHA_256, "32 bytes in base64url without padding");
  return read.ok ? ok({ alg: "sha-256", value: read.value }) : read;
}

function amount(value: unknown, currency: unknown): Read<string> {
  const read = fits(value, "amount", AMOUNT, "a decimal number as a string");
  if (!read.ok) return read;
  const decimals = typeof currency === "string" && CURRENCY.test(currency) ? decimalsOf(currency) : null;
  if (decimals === null) return refuse("amount needs a currency of ISO 4217");
  return (read.value.split(".")[1]?.length ?? 0) > decimals
    ? refuse(`amount has more decimals than ${currency} has (${decimals})`)
    : read;
}

type Members = {
  [Member in keyof Detail]-?: (value: unknown, of: Record<string, unknown>, now: Date) => Read<unknown>;
};

/** Every member there is, and what it may be. */
const members: Members = {
  type: (value) => (value === APPROVAL_TYPE ? ok(value) : refuse("type is not known here")),
  identifier: (value) => fits(value, "identifier", IDENTIFIER, "1 to 64 visible ASCII characters"),
  title: (value) => line(value, "title", TITLE_MAX),
  reference: (value) => line(value, "reference", REFERENCE_MAX),
  amount: (value, { currency }) => amount(value, currency),
  currency: (value, { amount }) =>
    amount === undefined ? refuse("currency needs an amount") : fits(value, "currency", CURRENCY, "of ISO 4217"),
  payee: (value) => line(value, "payee", PAYEE_MAX),
  role: (value) => fits(value, "role", ROLE, "the key of a role"),
  expires_at: (value, _, now) => moment(value, now),
  document_digest: documentDigest,
};
const needed = ["type", "identifier", "title", "reference", "role"] as const;

/**
 * Reads the parameter `authorization_details` of a request: exactly one transaction to be approved, of no more than 4 KB.
 * Refuses with what is wrong, for `error_description`.
 */
export function readDetail(parameter: string, now: Date): Read<Detail> {
  if (Buffer.byteLength(parameter) > DETAIL_MAX)
    return refuse(`authorization_details has more than ${DETAIL_MAX} bytes`);
  const details = parsed(parameter);
  if (!Array.isArray(details) || details.length !== 1)
    return refuse("authorization_details must be a JSON array of exactly one object");
  const [detail] = details as unknown[];
  if (!isObject(detail)) return refuse("authorization_details must be a JSON array of exactly one object");
  const names = Object.keys(detail);
  const unknown = names.findIndex((name) => !Object.hasOwn(members, name));
  if (unknown >= 0) return refuse(`${said(names[unknown] ?? "", unknown)} is not known here`);
  const missing = needed.find((name) => detail[name] === undefined);
  if (missing !== undefined) return refuse(`${missing} is missing`);
  for (const [name, value] of Object.entries(detail)) {
    const read = members[name as keyof Detail](value, detail, now);
    if (!read.ok) return read;
  }
  return ok(detail as Detail);
}

/** A member by its name, or by its place where the name may hold anything. */
const said = (name: string, place: number): string => (/^\w{1,40}$/.test(name) ? name : `member ${place + 1}`);

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
