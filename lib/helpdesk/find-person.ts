import { run } from "#db/named.ts";
import type { AccountStatus } from "#db/schema/account.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import type { Context } from "#lib/kernel/context.ts";
import { maskIdentity } from "#lib/kernel/identity-number.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Grant, judge, type Officer, type Right } from "#lib/office/roles/rights.ts";
import { rankColumn } from "#lib/session/grants-in-force.ts";
import { recordRefusal } from "./require-reach.ts";

/** Whom a page of the helpdesk is about. `identity` is masked. `grants`: the roles they hold, or are to hold. */
export type Person = {
  id: string;
  fullName: string;
  identity: string;
  status: AccountStatus;
  officialEmail: string;
  officeId: string;
  office: string;
  /** Their office has confirmed them. */
  confirmed: boolean;
  grants: Grant[];
};

const statement = {
  name: "person_for_officer",
  text: `select a.id, a.full_name as "fullName", a.identity_type as "identityType", a.identity_sealed as "identitySealed", a.status,
      a.official_email as "officialEmail", a.office_id as "officeId", a.staff_confirmed_at is not null as "confirmed", o.code || ' ' || o.name as "office", ${rankColumn("a.id", "$2")} as "grants"
    from account a join office o on o.id = a.office_id where a.id = $1`,
};

type Row = Omit<Person, "identity"> & { identityType: "mykad" | "passport"; identitySealed: string };

/**
 * Whom an officer is about to use a right on, for the page that asks how. `null` where there is nobody for them: outside
 * their offices, or of equal or higher rank for what is more than looking; recorded like any other such try.
 */
export async function findPerson(
  ctx: Context,
  officer: Officer,
  right: Right,
  accountId: string,
): Promise<Person | null> {
  const [found] = isUuid(accountId) ? await run<Row>(ctx.db, statement, [accountId, ctx.now()]) : [];
  if (found && judge(officer, right, { ...found, accountId }) === "allowed") {
    const { identitySealed, identityType, ...person } = found;
    return { ...person, identity: maskIdentity(unsealIdentity(ctx, { id: found.id, identitySealed })) };
  }
  await ctx.db.transaction((tx) => recordRefusal(tx, ctx, right, found?.id));
  return null;
}
