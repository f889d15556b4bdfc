import { and, eq, isNull } from "drizzle-orm";
import { recovery } from "#db/schema/recovery.ts";
import { lockByIdentity } from "#lib/account/find-account.ts";
import { inHandFirst } from "#lib/account/mailed-code/match-code.ts";
import { type MailedCodeAnswer, openByCode } from "#lib/account/mailed-code/open-by-code.ts";
import { blindIndex, blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { recoveryState } from "./recovery-state.ts";

/** The typed code of the letter on a lost factor: gives the token of its link. Refuses as `openByCode`. */
export function openRecoveryByCode(ctx: Context, identity: IdentityNumber, code: string): Promise<MailedCodeAnswer> {
  const whose = blindIndex(ctx.keys, identity);
  return openByCode(
    ctx,
    {
      purpose: "recovery",
      table: recovery,
      whose,
      living: async (tx) => {
        const owner = await lockByIdentity(tx, blindIndexes(ctx.keys, identity));
        if (!owner) return { accountId: null, mailed: [] };
        const asked = and(eq(recovery.accountId, owner.id), isNull(recovery.supersededAt), isNull(recovery.startedAt));
        const letters = await tx
          .select()
          .from(recovery)
          .where(asked)
          .orderBy(...inHandFirst(recovery));
        return { accountId: owner.id, mailed: letters.filter((one) => recoveryState(one, ctx.now()) === "asked") };
      },
      refused: (accountId, reason) => ({ type: "recovery.refused", accountId, reason }),
    },
    code,
  );
}
