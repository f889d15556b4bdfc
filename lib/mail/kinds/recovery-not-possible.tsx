import { AskedForLetter } from "#emails/asked-for.tsx";
import { days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * Somebody asked for a way back into an account that is suspended: its owner cannot open it by themselves. Moot once it
 * no longer is.
 */
export const recoveryNotPossible: Kind<"recovery_not_possible"> = {
  lifetime: days(2),

  async compose(_, { about, account, agency, language }) {
    if (account.status !== "suspended") return "moot";
    const t = translator(language);
    const requestedAt = formatDate(new Date(about.requestedAt), language);
    return {
      subject: t("recoveryNotPossible.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("recoveryNotPossible.preview")}
          heading={t("recoveryNotPossible.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t("recoveryNotPossible.happened")}
          next={t("recoveryNotPossible.next", { phone: agency.helpdeskPhone })}
          button={null}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("whoTitle"),
            text: t("recoveryNotPossible.who", { requestedAt, device: deviceIn(language, about.requestedFrom) }),
          }}
          notYou={{
            title: t("notYouTitle"),
            text: t("recoveryNotPossible.notYou"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },
};
