import { run } from "#db/named.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { OnsiteDocument } from "#lib/audit/events/onsite.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { type Officer, scopeCondition, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import type { PlaceState } from "./places/place-moves.ts";

/** Somebody on the list of a session, as far as the officer's offices reach. `identity` is masked. */
export type ListedPlace = {
  id: string;
  accountId: string;
  fullName: string;
  identity: string;
  office: string;
  state: Exclude<PlaceState, "given_up">;
  isWalkIn: boolean;
  checkedInAt: Date | null;
  document: OnsiteDocument | null;
  /** Letters do not reach their official mailbox: somebody has to call them. */
  bounced: boolean;
  /** Never activated: they can be helped at the counter by one officer. */
  activated: boolean;
};

const statement = {
  name: "onsite_places",
  text: `select p.id, a.id as "accountId", a.full_name as "fullName", a.identity_sealed as "identitySealed",
      f.code || ' ' || f.name as office, p.state, p.is_walk_in as "isWalkIn", p.checked_in_at as "checkedInAt", p.document,
      exists (select from undeliverable_mailbox u where u.mailbox = a.official_email) as bounced, a.activated_at is not null as activated
    from onsite_place p join account a on a.id = p.account_id join office f on f.id = a.office_id
    where p.session_id = $1 and p.state <> 'given_up' and ${scopeCondition("a.office_id", "$2")}
    order by case p.state when 'attended' then 0 when 'booked' then 0 when 'waiting' then 1 else 2 end,
      case when p.state = 'waiting' then p.since end, a.search_text, p.id
    limit $3`,
};

/** A session has at most so many places; beyond it the list of those asked to come is cut. */
const MOST_LISTED = 2_000;

/**
 * Everybody on the list of a session whom the officer's offices have: those with a place by their names, then who waits, in
 * their order, then who was asked to come.
 */
export async function listPlaces(ctx: Context, officer: Officer, sessionId: string): Promise<ListedPlace[]> {
  const scope = scopeParameter(scopeOf(officer, "campaign.view"));
  const rows = await run<Omit<ListedPlace, "identity"> & { identitySealed: string }>(ctx.db, statement, [
    sessionId,
    scope,
    MOST_LISTED,
  ]);
  return rows.map(({ identitySealed, ...row }) => ({
    ...row,
    identity: maskIdentity(unsealIdentity(ctx, { id: row.accountId, identitySealed })),
  }));
}
