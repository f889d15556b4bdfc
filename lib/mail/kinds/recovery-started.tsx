import { eq } from "drizzle-orm";
import { recovery } from "#db/schema/recovery.ts";
import { NoticeLetter } from "#emails/notice.tsx";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { undoAddress } from "./undo-address.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/**
 * Somebody who reads the official mailbox and knows the answers will be able to enrol a second factor: to every address,
 * with the link that stops it. Moot once it was stopped or is completed.
 */
export const recoveryStarted: Kind<"recovery_started"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const [begun] = await ctx.db.select().from(recovery).where(eq(recovery.id, about.recoveryId));
    if (!begun?.startedAt || !begun.readyAt || begun.cancelledAt || begun.completedAt) return "moot";
    const t = translator(language);
    const when = {
      at: formatDate(begun.startedAt, language),
      device: deviceIn(language, begun.startedFrom ?? ""),
      readyAt: formatDate(begun.readyAt, language),
    };
    return {
      subject: t("recoveryStarted.subject"),
      letter: (
        <NoticeLetter
          frame={frameOf(language, agency)}
          preview={t("recoveryStarted.preview", when)}
          heading={t("recoveryStarted.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("recoveryStarted.lead", when)}
          button={{
            words: t("recoveryStarted.button"),
            href: await undoAddress(ctx, about.undoId),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          when={{ title: t("whenTitle"), text: t("recoveryStarted.when", when) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("recoveryStarted.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            door: lockNow(ctx, t("lockNow"), letterId),
          }}
        />
      ),
    };
  },
};
