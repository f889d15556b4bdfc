import { desc, eq } from "drizzle-orm";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { lockByIdentity } from "#lib/account/find-account.ts";
import { type MailedCodeAnswer, openByCode } from "#lib/account/mailed-code/open-by-code.ts";
import { blindIndex, blindIndexes } from "#lib/kernel/blind-index.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { IdentityNumber } from "#lib/kernel/identity-number.ts";
import { usableTicket } from "./begin-enrolment.ts";

/** The typed code of a ticket, from its letter or from an officer: gives its link's token. Refuses as `openByCode`. */
export function openTicketByCode(ctx: Context, identity: IdentityNumber, code: string): Promise<MailedCodeAnswer> {
  const whose = blindIndex(ctx.keys, identity);
  return openByCode(
    ctx,
    {
      purpose: "enrolment",
      table: enrolmentTicket,
      whose,
      living: async (tx) => {
        const owner = await lockByIdentity(tx, blindIndexes(ctx.keys, identity));
        if (!owner) return { accountId: null, mailed: [] };
        const tickets = await tx
          .select()
          .from(enrolmentTicket)
          .where(eq(enrolmentTicket.accountId, owner.id))
          .orderBy(desc(enrolmentTicket.createdAt), desc(enrolmentTicket.id));
        return { accountId: owner.id, mailed: tickets.filter((one) => usableTicket(one, owner, ctx.now()).ok) };
      },
      refused: (accountId, reason, ticketId) => ({ type: "enrolment_ticket.refused", accountId, ticketId, reason }),
    },
    code,
  );
}
