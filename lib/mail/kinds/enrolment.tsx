import { and, eq, isNull } from "drizzle-orm";
import { enrolmentTicket, recovery } from "#db/schema/recovery.ts";
import { MailedLinkLetter } from "#emails/mailed-link.tsx";
import { codeOf, groupedCode, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { after, days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { ENROLMENT_LETTER_LIFETIME, ENROLMENT_TICKET_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/**
 * The wait is over: leads to enrolling a new second factor. Its secrets are derived from the ticket's row here, so that
 * a retry carries the same ones. Moot when the ticket was used or stopped, or the account may not be entered or has
 * another mailbox.
 */
export const enrolment: Kind<"enrolment"> = {
  lifetime: ENROLMENT_LETTER_LIFETIME,

  async compose(ctx, { letterId, about, account, to, agency, language }) {
    if (account.status !== "activated" || account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
    const [found] = await ctx.db
      .select({ ticket: enrolmentTicket, begun: recovery })
      .from(enrolmentTicket)
      .innerJoin(recovery, eq(recovery.id, enrolmentTicket.recoveryId))
      .where(eq(enrolmentTicket.id, about.ticketId));
    if (!found?.begun.startedAt || found.ticket.usedAt || found.ticket.cancelledAt) return "moot";
    const { ticket, begun } = found;

    const t = translator(language);
    const when = {
      at: formatDate(begun.startedAt ?? begun.createdAt, language),
      device: deviceIn(language, begun.startedFrom ?? begun.requestedFrom),
    };
    const lasts = { days: ENROLMENT_TICKET_LIFETIME / days(1) };
    return {
      subject: t("enrolment.subject"),
      letter: (
        <MailedLinkLetter
          frame={frameOf(language, agency)}
          preview={t("enrolment.preview", lasts)}
          heading={t("enrolment.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("enrolment.lead")}
          button={{
            words: t("enrolment.button"),
            href: `${ctx.origin}/enrol/${tokenOf(ctx.keys, "enrolment", ticket)}`,
          }}
          validity={t("enrolment.validity", lasts)}
          newest={t("enrolment.once")}
          code={{
            lead: t("enrolment.codeLead"),
            href: `${ctx.origin}/enrol`,
            tail: t("enrolment.codeTail"),
            digits: groupedCode(codeOf(ctx.keys, "enrolment", ticket)),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("enrolment.who", when) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("enrolment.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            door: lockNow(ctx, t("lockNow"), letterId),
          }}
        />
      ),
    };
  },

  /** Its three days start here. */
  async handedOver(tx, ctx, _accountId, { ticketId }) {
    await tx
      .update(enrolmentTicket)
      .set({ expiresAt: after(ctx.now(), ENROLMENT_TICKET_LIFETIME) })
      .where(and(eq(enrolmentTicket.id, ticketId), isNull(enrolmentTicket.usedAt)));
  },
};
