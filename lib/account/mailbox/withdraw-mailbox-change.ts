import { mailboxChange } from "#db/schema/profile.ts";
import type { MailboxKind } from "#lib/audit/catalogue.ts";
import { record } from "#lib/audit/record.ts";
import type { Context } from "#lib/kernel/context.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holdById } from "../find-account.ts";
import { openOf } from "./change-state.ts";

/**
 * The signed-in owner no longer wants the mailbox they asked for: its letters open nothing. Where none is awaited,
 * nothing changes.
 */
export async function withdrawMailboxChange(ctx: Context, which: MailboxKind): Promise<Result<null, "signed_out">> {
  const { actor } = ctx;
  if (actor.kind !== "account") return refuse("signed_out");
  return ctx.db.transaction(async (tx) => {
    await holdById(tx, actor.accountId);
    const withdrawn = await tx
      .update(mailboxChange)
      .set({ supersededAt: ctx.now() })
      .where(openOf(actor.accountId, which))
      .returning({ id: mailboxChange.id });
    const newest = withdrawn
      .map(({ id }) => id)
      .toSorted()
      .at(-1);
    if (newest)
      await record(tx, ctx, {
        type: "mailbox_change.withdrawn",
        accountId: actor.accountId,
        changeId: newest,
        which,
      });
    return ok(null);
  });
}
