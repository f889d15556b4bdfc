import type { Context } from "#lib/kernel/context.ts";
import { before } from "#lib/kernel/time.ts";
import { type Officer, type Right, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { IDLE } from "../idle.ts";
import type { Factor, Filters, Trouble } from "./filters.ts";
import { patternOf } from "./search-words.ts";
import { understandWords } from "./understand-search.ts";

/** The values of a statement as it grows: each gives back how the statement names it. */
export class Values {
  readonly list: unknown[] = [];
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

const hasApp = "exists (select from totp_credential t where t.account_id = a.id)";
const hasPasskey = "exists (select from passkey k where k.account_id = a.id)";
const factors = {
  none: `a.status = 'activated' and not ${hasApp} and not ${hasPasskey}`,
  app: hasApp,
  passkey: hasPasskey,
} as const satisfies Record<Factor, string>;

/** When somebody last signed in, for ordering: never comes before any time. As the index has it. */
export const LAST_SIGN_IN = "coalesce(a.last_sign_in_at, '-infinity'::timestamptz)";

/** Closed accounts are left out where their index does, and where nobody is to do anything about them. */
const notClosed = "a.status <> 'closed'";
const inTrouble: Record<Trouble, (values: Values, now: Date) => string> = {
  bounced: () => `${notClosed} and exists (select from undeliverable_mailbox u where u.mailbox = a.official_email)`,
  locked: () => "a.status = 'locked'",
  paused: (values, now) => `${notClosed} and exists (select from password_throttle p
    where p.identity_index = a.identity_index and p.paused_until > ${values.add(now)})`,
  idle: (values, now) => {
    const since = values.add(before(now, IDLE));
    return `a.status = 'activated' and ${LAST_SIGN_IN} < ${since} and a.activated_at < ${since}`;
  },
  unlisted: () => `${notClosed} and (a.listed_at is null or a.delisted_at is not null)`,
  unconfirmed: () => `${notClosed} and a.staff_confirmed_at is null`,
};

/** What of a list an officer may see: `a` stands for the account. Nothing where it is the whole agency. */
export function inScope(officer: Officer, right: Right, values: Values): string[] {
  const offices = scopeParameter(scopeOf(officer, right));
  return offices === null ? [] : [`a.office_id = any(${values.add(offices)}::uuid[])`];
}

/** The words that were typed, all of which are to be there, and where a mailbox is. None where nothing was, or what says nothing. */
export function wordsOf({ words }: Filters): { words: readonly string[]; domain: string } {
  const understood = words === null ? null : understandWords(words);
  return understood?.ok ? understood.value : { words: [], domain: "" };
}

/** `byName`: what the index of names can tell. `others`: what an account is read for. */
export type Conditions = { byName: string[]; others: string[] };

/**
 * The conditions of a filtered list, each for itself: what is not narrowed is not there, so that each list is planned by
 * what it really asks.
 */
export function conditionsOf(
  ctx: Pick<Context, "now">,
  { officer, right, filters }: { officer: Officer; right: Right; filters: Filters },
  values: Values,
): Conditions {
  const { words, domain } = wordsOf(filters);
  const byName = words.map((word) => `a.search_text like ${values.add(patternOf(word))}`);
  if (filters.status !== null) byName.push(`a.status = ${values.add(filters.status)}`);
  if (filters.officeId !== null) byName.push(`a.office_id = ${values.add(filters.officeId)}`);
  byName.push(...inScope(officer, right, values));
  const others: string[] = [];
  if (domain !== "") others.push(`a.official_email like ${values.add(`%@${domain}%`)}::citext`);
  if (filters.factor !== null) others.push(factors[filters.factor]);
  if (filters.trouble !== null) others.push(inTrouble[filters.trouble](values, ctx.now()));
  return { byName, others };
}
