import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";

const askStatement = {
  name: "account_owns_identity",
  text: "select 1 from account where id = $1 and $2 in (identity_index, coalesce(identity_index_former, identity_index))",
};

/** Whether the number behind a blind index is the account's own. */
export async function ownsIdentity(ctx: Context, accountId: string, identityIndex: string): Promise<boolean> {
  return (await run(ctx.db, askStatement, [accountId, identityIndex])).length === 1;
}
