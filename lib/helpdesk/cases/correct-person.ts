import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "#db/client.ts";
import { account as accounts } from "#db/schema/account.ts";
import { helpdeskCase } from "#db/schema/profile.ts";
import type { Account } from "#lib/account/find-account.ts";
import { readCase } from "#lib/account/open-case.ts";
import { wantedIdentity } from "#lib/account/profile/list-corrections.ts";
import { sealIdentity, unsealIdentity } from "#lib/account/seal-identity.ts";
import { record } from "#lib/audit/record.ts";
import { blindIndexes, indexColumns } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import { canonical } from "#lib/kernel/identity-number.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { atDesk } from "../actions/act-on.ts";
import type { Decision, Outcome, OutcomeRefusal } from "../two-officers/outcome.ts";
import { endCase } from "./end-case.ts";
import type { Filed } from "./reach-case.ts";

/** Two officers agree: the name is as the person's document has it, and their case is over. */
export const correctName: Outcome = {
  approved: (tx, ctx, decision) =>
    correct(tx, ctx, decision, async (desk, account, filed, wanted) => {
      await tx.update(accounts).set({ fullName: wanted }).where(eq(accounts.id, account.id));
      await record(tx, desk, { type: "name.corrected", accountId: account.id, caseId: filed.id });
      return ok({ former: account.fullName });
    }),
};

/**
 * Two officers agree: another identity number is theirs, by which the account is found and signed in to from here.
 * Whether somebody else has it is looked at now, not when it was asked for.
 */
export const correctIdentity: Outcome = {
  approved: (tx, ctx, decision) =>
    correct(tx, ctx, decision, async (desk, account, filed, wanted) => {
      const { identity } = wantedIdentity.read(wanted);
      const holders = and(
        inArray(accounts.identityIndex, blindIndexes(desk.keys, identity)),
        ne(accounts.id, account.id),
        ne(accounts.status, "closed"),
      );
      if ((await tx.$count(accounts, holders)) > 0) return refuse("identity_taken");
      const former = canonical(unsealIdentity(desk, account));
      const identitySealed = sealIdentity(desk, account.id, identity);
      await tx
        .update(accounts)
        .set({ identityType: identity.type, ...indexColumns(desk.keys, identity), identitySealed })
        .where(eq(accounts.id, account.id));
      await record(tx, desk, { type: "identity.corrected", accountId: account.id, caseId: filed.id });
      return ok({ former });
    }),
};

type Change = (
  desk: Context,
  account: Account,
  filed: Filed,
  wanted: string,
) => Promise<Result<{ former: string }, OutcomeRefusal>>;

async function correct(
  tx: Tx,
  ctx: Context,
  { request, reached }: Decision,
  change: Change,
): Promise<Result<Record<never, never>, OutcomeRefusal>> {
  const { account, officer } = reached;
  const its = and(eq(helpdeskCase.id, request.caseId ?? request.id), eq(helpdeskCase.accountId, account.id));
  const [filed] = await tx.select().from(helpdeskCase).where(its).for("update");
  if (filed?.state !== "open" || filed.kind !== request.kind) return refuse("case_not_open");
  const { wanted } = readCase(ctx, filed);
  if (wanted === null) throw new Error(`The case ${filed.id} does not say what is wanted`);
  const desk = await atDesk(tx, ctx, officer.accountId);
  const changed = await change(desk, account, filed, wanted);
  if (!changed.ok) return changed;
  await endCase(tx, desk, filed, "approved", changed.value);
  return ok({});
}
