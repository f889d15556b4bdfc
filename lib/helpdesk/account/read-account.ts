import { run } from "#db/named.ts";
import { unsealIdentity } from "#lib/account/seal-identity.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { type IdentityNumber, maskIdentity } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { before } from "#lib/kernel/time.ts";
import { isUuid } from "#lib/kernel/uuid.ts";
import { type Officer, scopeOf, scopeParameter } from "#lib/office/roles/rights.ts";
import { SESSION_IDLE } from "#lib/session/session.ts";
import type { AccountFacts } from "./account-facts.ts";
import { accountStatement } from "./account-statement.ts";

/** What an officer sees of somebody. `identityShown`: masked; `facts` hold none of the number. */
export type AccountSeen = { facts: AccountFacts; identityShown: string };

type Row = Omit<AccountFacts, "mailTrouble"> & {
  identitySealed: string;
  mailTrouble: { why: string; isFinal: boolean; sinceAt: Date } | null;
};

/**
 * Where an account stands, in one statement, for an officer who may look at it. Refuses `not_found`, and records it, for an
 * account of another office as for an id that is nobody's.
 */
export async function readAccount(
  ctx: Context,
  officer: Officer,
  accountId: string,
): Promise<Result<AccountSeen, "not_found">> {
  const now = ctx.now();
  const scope = scopeParameter(scopeOf(officer, "account.view"));
  const [row] = isUuid(accountId)
    ? await run<Row>(ctx.db, accountStatement, [accountId, scope, now, before(now, SESSION_IDLE), officer.accountId])
    : [];
  if (!row) return notFound(ctx, accountId);
  const { identitySealed, mailTrouble, ...facts } = withDates(row) as Row;
  const identity: IdentityNumber = unsealIdentity(ctx, { id: facts.id, identitySealed });
  const trouble = mailTrouble && { why: mailTrouble.why, isFinal: mailTrouble.isFinal, since: mailTrouble.sinceAt };
  return ok({
    facts: { ...facts, mailTrouble: trouble as AccountFacts["mailTrouble"] },
    identityShown: maskIdentity(identity),
  });
}

/** One outside the officer's scope is named in the trail, so that its owner's office can see who asked. */
async function notFound(ctx: Context, accountId: string): Promise<Result<never, "not_found">> {
  await ctx.db.transaction(async (tx) => {
    const [named] = isUuid(accountId)
      ? await run<{ id: string }>(tx, { name: "account_exists", text: "select id from account where id = $1" }, [
          accountId,
        ])
      : [];
    await record(tx, ctx, { type: "access.refused", accountId: named?.id ?? null, right: "account.view" });
  });
  return refuse("not_found");
}

/** Moments within JSON are text; every name that says so becomes a date. */
function withDates(value: unknown, name = ""): unknown {
  if (typeof value === "string") return /(?:At|Until|^at)$/.test(name) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((each) => withDates(each));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withDates(each, key)]));
}
