import type { Tx } from "#db/client.ts";
import { run } from "#db/named.ts";
import type { relyingParty } from "#db/schema/relying-party.ts";
import type { Context } from "#lib/kernel/context.ts";
import { holdsRole, mayOpen } from "../../may-open.ts";

/** What of a system a decision rests on. */
export type PartOfSystem = Pick<typeof relyingParty.$inferSelect, "minimumLevel" | "subjectType" | "redirectUris"> & {
  mayOpen: boolean;
  holdsRole: boolean;
};

const statement = {
  name: "transaction_approval_system",
  text: `select p.minimum_level as "minimumLevel", p.subject_type as "subjectType", p.redirect_uris as "redirectUris",
      ${mayOpen("a", "p", "$3")} as "mayOpen", ${holdsRole("a", "p", "$4", "$3")} as "holdsRole"
    from relying_party p join account a on a.id = $2 where p.id = $1`,
};

/**
 * A system as it is registered at this moment, and whether somebody may open it and holds the role. Asked when the approval's row is
 * held: what a statement that waited for the row says of other rows is as old as its wait.
 */
export async function findPartOf(
  tx: Tx,
  ctx: Pick<Context, "now">,
  { relyingPartyId, role }: { relyingPartyId: string; role: string },
  accountId: string,
): Promise<PartOfSystem | null> {
  return (await run<PartOfSystem>(tx, statement, [relyingPartyId, accountId, ctx.now(), role]))[0] ?? null;
}
