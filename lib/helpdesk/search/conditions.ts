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

/**
 * The conditions of a filtered list, each for itself: what is not narrowed is not there, so that each list is planned by
 * what it really asks. `words`: those that were typed, the first of which leads the list.
 */
export function conditionsOf(
  ctx: Pick<Context, "now">,
  filters: Filters,
  values: Values,
): { conditions: string[]; words: readonly string[] } {
  const understood = filters.words === null ? null : understandWords(filters.words);
  const { words, domain } = understood?.ok ? understood.value : { words: [], domain: "" };
  const conditions = words.map((word) => `a.search_text like ${values.add(patternOf(word))}`);
  if (domain !== "") conditions.push(`a.official_email like ${values.add(`%@${domain}%`)}::citext`);
  if (filters.status !== null) conditions.push(`a.status = ${values.add(filters.status)}`);
  if (filters.officeId !== null) conditions.push(`a.office_id = ${values.add(filters.officeId)}`);
  if (filters.factor !== null) conditions.push(factors[filters.factor]);
  if (filters.trouble !== null) conditions.push(inTrouble[filters.trouble](values, ctx.now()));
  return { conditions, words };
}
