import { and, eq, gt } from "drizzle-orm";
import { undoLink } from "#db/schema/recovery.ts";
import { NewDeviceLetter } from "#emails/new-device.tsx";
import { after, days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { MAILBOX_UNDO_LIFETIME, NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { undoAddress } from "./undo-address.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/** To the former official mailbox: it is no longer that, and may take the change back where its owner did not make it. */
export const mailboxChanged: Kind<"mailbox_changed"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const t = translator(language);
    const when = { at: formatDate(new Date(about.at), language), device: deviceIn(language, about.from) };
    return {
      subject: t("mailboxChanged.subject"),
      letter: (
        <NewDeviceLetter
          frame={frameOf(language, agency)}
          preview={t("mailboxChanged.preview")}
          heading={t("mailboxChanged.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("mailboxChanged.lead")}
          when={t("mailboxChanged.when", when)}
          button={{
            words: t("mailboxChanged.button"),
            href: await undoAddress(ctx, about.undoId),
          }}
          validity={t("mailboxChanged.validity", { days: MAILBOX_UNDO_LIFETIME / days(1) })}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          notYou={{
            title: t("notYouTitle"),
            text: t("mailboxChanged.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            door: lockNow(ctx, t("lockNow"), letterId),
          }}
        />
      ),
    };
  },

  /** Its seven days start here. One that was ended meanwhile stays so. */
  async handedOver(tx, ctx, _accountId, { undoId }) {
    const now = ctx.now();
    await tx
      .update(undoLink)
      .set({ expiresAt: after(now, MAILBOX_UNDO_LIFETIME) })
      .where(and(eq(undoLink.id, undoId), gt(undoLink.expiresAt, now)));
  },
};
