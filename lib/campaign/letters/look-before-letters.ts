import type { Context } from "#lib/kernel/context.ts";
import type { Beforehand } from "#lib/mail/deliver.ts";
import { lookAgain } from "../people/look-again.ts";

const look = (ctx: Context, accountId: string): Promise<void> =>
  ctx.db.transaction(async (tx) => void (await lookAgain(tx, ctx, [accountId])));

/** A letter of a campaign says what is left as it is when the letter goes out, not as it was when it was owed. */
export const lookBeforeLetters: Beforehand = { campaign_invitation: look, campaign_reminder: look };
