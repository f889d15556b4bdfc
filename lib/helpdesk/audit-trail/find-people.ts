import { sql } from "drizzle-orm";
import type { AccountStatus } from "#db/schema/account.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { patternOf } from "../search/search-words.ts";
import { type Search, understandSearch, understandWords } from "../search/understand-search.ts";

export type Person = { id: string; name: string; identity: string; office: string; status: AccountStatus };

/** More than can be told apart at a glance are not listed: the name wants another word. */
export const PEOPLE_MAX = 10;

export type PersonRefusal = "not_found" | "person_unreadable" | "person_unknown";

/**
 * Whom somebody who reads the trail means: by the account's number, an identity number, a mailbox or parts of a name; closed
 * accounts too. `more`: there are others. Refused as `not_found` to whoever may not read the trail.
 */
export async function findPeople(
  ctx: Context,
  typed: string,
): Promise<Result<{ people: Person[]; more: boolean }, PersonRefusal>> {
  const officer = await officerOf(ctx.db, ctx);
  if (!officer || !holds(officer, "audit.read")) return refuse("not_found");
  const id = typed.trim().toLowerCase();
  const meant = isUuid(id) ? ok({ by: "id", id } as const) : understandSearch(typed);
  if (!meant.ok) return refuse("person_unreadable");
  let people = await listPeople(ctx, meant.value);
  if (people.length === 0 && meant.value.by === "identity" && !meant.value.surely) {
    const words = understandWords(typed);
    if (words.ok) people = await listPeople(ctx, words.value);
  }
  if (people.length === 0) return refuse("person_unknown");
  return ok({ people: people.slice(0, PEOPLE_MAX), more: people.length > PEOPLE_MAX });
}

type Row = { id: string; name: string; identitySealed: string; office: string; status: AccountStatus };

async function listPeople(ctx: Context, meant: Search | { by: "id"; id: string }): Promise<Person[]> {
  const { rows } = await ctx.db.execute<Row>(sql`
    select a.id, a.full_name as name, a.identity_sealed as "identitySealed", o.code || ' ' || o.name as office, a.status
    from account a join office o on o.id = a.office_id
    where ${conditionOf(ctx, meant)} order by a.search_text, a.id limit ${PEOPLE_MAX + 1}`);
  return rows.map(({ identitySealed, ...row }) => ({
    ...row,
    identity: maskIdentity(unsealIdentity(ctx, { id: row.id, identitySealed })),
  }));
}

function conditionOf(ctx: Context, meant: Search | { by: "id"; id: string }) {
  if (meant.by === "id") return sql`a.id = ${meant.id}`;
  if (meant.by === "identity") {
    const known = sql`a.identity_index in ${meant.identities.flatMap((identity) => blindIndexes(ctx.keys, identity))}`;
    // Each has its own index.
    return sql`(${known} and a.status <> 'closed' or ${known} and a.status = 'closed')`;
  }
  const words = meant.words.map((word) => sql`a.search_text like ${patternOf(word)}`);
  const domain = meant.domain === "" ? sql`true` : sql`a.official_email::text ilike ${`%@${meant.domain}%`}`;
  return sql.join([...words, domain], sql` and `);
}
