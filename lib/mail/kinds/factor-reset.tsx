import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { officerRequest } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { enrolmentTicket } from "#db/schema/recovery.ts";
import { NoticeLetter } from "#emails/notice.tsx";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { undoAddress } from "./undo-address.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/**
 * Two officers let a second factor be replaced: to every address when it is asked for and when it is agreed to, with the
 * link that stops it. Never with the ticket itself, which is handed over at the counter or read out. Moot once it is past
 * what it tells of.
 */
export const factorReset: Kind<"factor_reset"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const [found] = await ctx.db
      .select({ request: officerRequest, ticket: enrolmentTicket, officeName: office.name })
      .from(officerRequest)
      .innerJoin(accounts, eq(accounts.id, officerRequest.requestedBy))
      .innerJoin(office, eq(office.id, accounts.officeId))
      .leftJoin(enrolmentTicket, eq(enrolmentTicket.id, officerRequest.ticketId))
      .where(eq(officerRequest.id, about.requestId));
    if (!found || found.request.stoppedAt) return "moot";
    const { request, ticket, officeName } = found;
    const { step } = about;
    if (step === "requested" && request.state !== "open") return "moot";
    if (step === "approved" && (!ticket || ticket.usedAt || ticket.cancelledAt)) return "moot";

    const t = translator(language);
    const when = {
      at: formatDate(step === "requested" ? request.requestedAt : (request.decidedAt ?? request.requestedAt), language),
      until: formatDate(step === "requested" ? request.expiresAt : (ticket?.expiresAt ?? request.expiresAt), language),
      office: officeName,
    };
    return {
      subject: t(`factorReset.${step}.subject`),
      letter: (
        <NoticeLetter
          frame={frameOf(language, agency)}
          preview={t(`factorReset.${step}.preview`, when)}
          heading={t(`factorReset.${step}.heading`)}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(`factorReset.${step}.lead`, when)}
          button={{
            words: t("factorReset.button"),
            href: await undoAddress(ctx, about.undoId),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          when={{ title: t("whenTitle"), text: t("factorReset.when", when) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("factorReset.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            door: lockNow(ctx, t("lockNow"), letterId),
          }}
        />
      ),
    };
  },
};
