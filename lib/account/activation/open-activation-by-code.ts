import { and, eq, isNull } from "drizzle-orm";
import { activationLink } from "#db/schema/account.ts";
import { blindIndex, blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { lockByIdentity } from "../find-account.ts";
import { inHandFirst } from "../mailed-code/match-code.ts";
import { type MailedCodeAnswer, openByCode } from "../mailed-code/open-by-code.ts";
import { usableLink } from "./activation.ts";

/** The typed code of an activation's letter: gives the token of its link. Refuses as `openByCode`. */
export function openActivationByCode(ctx: Context, identity: IdentityNumber, code: string): Promise<MailedCodeAnswer> {
  const whose = blindIndex(ctx.keys, identity);
  return openByCode(
    ctx,
    {
      purpose: "activation",
      table: activationLink,
      whose,
      living: async (tx) => {
        const owner = await lockByIdentity(tx, blindIndexes(ctx.keys, identity));
        if (!owner) return { accountId: null, mailed: [] };
        const open = and(
          eq(activationLink.accountId, owner.id),
          isNull(activationLink.supersededAt),
          isNull(activationLink.consumedAt),
        );
        const links = await tx
          .select()
          .from(activationLink)
          .where(open)
          .orderBy(...inHandFirst(activationLink));
        return { accountId: owner.id, mailed: links.filter((link) => usableLink(ctx, link, owner).ok) };
      },
      refused: (accountId, reason, linkId) => ({ type: "activation.refused", accountId, linkId, reason }),
    },
    code,
  );
}
