import { AskedForLetter } from "#emails/asked-for.tsx";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** Tells who has a mailbox that another account asked for it. The screen of whoever did tells nothing. */
export const mailboxTaken: Kind<"mailbox_taken"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const t = translator(language);
    const at = formatDate(new Date(about.requestedAt), language);
    const call = callHelpdesk(t("worried"), agency);
    return {
      subject: t("mailboxTaken.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("mailboxTaken.preview")}
          heading={t("mailboxTaken.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t("mailboxTaken.happened")}
          next={t("mailboxTaken.next")}
          button={{ words: t("mailboxTaken.button"), href: `${ctx.origin}/sign-in` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("whoTitle"),
            text: t("mailboxTaken.who", { at, device: deviceIn(language, about.requestedFrom) }),
          }}
          notYou={{ title: t("notYouTitle"), text: t("mailboxTaken.notYou"), call }}
        />
      ),
    };
  },
};
