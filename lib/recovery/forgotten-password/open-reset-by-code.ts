import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { passwordReset } from "#db/schema/recovery.ts";
import { lockByMailbox } from "#lib/account/find-account.ts";
import { inHandFirst } from "#lib/account/mailed-code/match-code.ts";
import { type MailedCodeAnswer, openByCode } from "#lib/account/mailed-code/open-by-code.ts";
import type { Context } from "#lib/kernel/context.ts";
import { mailboxHash } from "../claim.ts";

/** The typed code of the letter on a forgotten password: gives the token of its link. Refuses as `openByCode`. */
export function openResetByCode(ctx: Context, officialEmail: string, code: string): Promise<MailedCodeAnswer> {
  return openByCode(
    ctx,
    {
      purpose: "reset",
      table: passwordReset,
      whose: mailboxHash(ctx, officialEmail),
      living: async (tx) => {
        const owner = await lockByMailbox(tx, officialEmail);
        if (!owner) return { accountId: null, mailed: [] };
        const open = and(
          eq(passwordReset.accountId, owner.id),
          eq(passwordReset.mailbox, officialEmail),
          isNotNull(passwordReset.codeDigest),
          isNull(passwordReset.doneAt),
          gt(passwordReset.expiresAt, ctx.now()),
        );
        const mailed = await tx
          .select()
          .from(passwordReset)
          .where(open)
          .orderBy(...inHandFirst(passwordReset));
        return { accountId: owner.id, mailed };
      },
      refused: (accountId, reason) => ({ type: "password_reset.refused", accountId, reason }),
    },
    code,
  );
}
