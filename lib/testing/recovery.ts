import { desc, eq } from "drizzle-orm";
import { passwordReset } from "#db/schema/recovery.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mailedCode, mailedToken } from "#lib/kernel/mailed-secrets.ts";
import { claimOf } from "#lib/recovery/claim.ts";
import { answerResetRequest } from "#lib/recovery/forgotten-password/request-reset.ts";
import type { WorldAccount } from "./add-account.ts";

/** A request for a new password, and the job that answers it. */
export const askForReset = (
  ctx: Context,
  { identity, officialEmail }: Pick<WorldAccount, "identity" | "officialEmail">,
): Promise<void> => answerResetRequest(ctx, claimOf(ctx, identity, officialEmail));

/** The newest reset that was mailed to an account, with the secrets its letter carries. */
export async function newestReset(ctx: Context, owner: { id: string }) {
  const [reset] = await ctx.db
    .select()
    .from(passwordReset)
    .where(eq(passwordReset.accountId, owner.id))
    .orderBy(desc(passwordReset.createdAt), desc(passwordReset.id))
    .limit(1);
  if (!reset) throw new Error("The account has no reset");
  const { id } = reset;
  return { ...reset, token: mailedToken(ctx.keys, "reset", id), code: mailedCode(ctx.keys, "reset", id) };
}
