import { NoticeLetter } from "#emails/notice.tsx";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/** The activation is done; and what to do if it was somebody else's doing. */
export const accountActivated: Kind<"account_activated"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const t = translator(language);
    const when = { at: formatDate(new Date(about.at), language), device: deviceIn(language, about.from) };
    return {
      subject: t("accountActivated.subject"),
      letter: (
        <NoticeLetter
          frame={frameOf(language, agency)}
          preview={t("accountActivated.preview")}
          heading={t("accountActivated.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("accountActivated.lead")}
          button={{ words: t("accountActivated.button"), href: `${ctx.origin}/sign-in` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          when={{ title: t("whenTitle"), text: t("accountActivated.when", when) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("accountActivated.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            door: lockNow(ctx, t("lockNow"), letterId),
          }}
        />
      ),
    };
  },
};
