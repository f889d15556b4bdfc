import { and, eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { letter as letters } from "#db/schema/mail.ts";
import { issueActivationLink } from "#lib/account/activation/activation-link.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Agency } from "#lib/mail/agency.ts";
import { deliver } from "#lib/mail/deliver.ts";
import type { Bounce } from "#lib/mail/delivery/judge-bounce.ts";
import { recordOutcome } from "#lib/mail/delivery/record-outcome.ts";
import { type Transport, taken } from "#lib/mail/transports/transport.ts";

/** It goes to nobody: what is in it must not be shown as if it had arrived. */
const nowhere: Transport = { name: "smtp", handOver: async () => taken, close: async () => {} };

/** Somebody of the demonstration asked for an activation link, and the letter came back: all of it as it really happens. */
export async function bounceActivation(ctx: Context, agency: Agency, accountId: string, bounce: Bounce): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const [owner] = await tx.select().from(accounts).where(eq(accounts.id, accountId)).for("update");
    if (owner) await issueActivationLink(tx, ctx, owner, false);
  });
  const owed = await ctx.db
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.accountId, accountId), eq(letters.state, "queued")));
  for (const { id } of owed) {
    await deliver(ctx, { transport: nowhere, agency }, id);
    await ctx.db.transaction((tx) => recordOutcome(tx, ctx, id, { what: "bounced", at: ctx.now(), bounce }));
  }
}
