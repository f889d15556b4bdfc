import { NoticeLetter } from "#emails/notice.tsx";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/** What opens the account was changed: what, when and from where, and what to do if it was somebody else's doing. */
export const securityChange: Kind<"security_change"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, to, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const t = translator(language);
    const what = t(`securityChange.what.${about.change}`);
    const when = { at: formatDate(new Date(about.at), language), device: deviceIn(language, about.from) };
    // Nothing is left to lock, and the settings cannot be opened: its button leads the way back.
    const isLocked = about.change === "account_locked";
    // The mailbox that was put out is told, too: it may be a thief's, and must not lock the owner out.
    const isPutOut =
      about.change === "official_email_restored" && to !== account.officialEmail && to !== account.personalEmail;
    const filed = about.reference ? [t("securityChange.reference", { reference: about.reference })] : [];
    return {
      subject: t("securityChange.subject", { what }),
      letter: (
        <NoticeLetter
          frame={frameOf(language, agency)}
          preview={t("securityChange.preview")}
          heading={what}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(`securityChange.lead.${about.change}`)}
          button={
            isLocked
              ? { words: t("securityChange.unlock"), href: `${ctx.origin}/recover` }
              : { words: t("securityChange.button"), href: `${ctx.origin}/settings` }
          }
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          when={{ title: t("whenTitle"), text: [t("securityChange.when", when), ...filed].join(" ") }}
          notYou={{
            title: t("notYouTitle"),
            text: t(isLocked ? "securityChange.lockedNotYou" : "securityChange.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            ...(!isLocked && !isPutOut && { door: lockNow(ctx, t("lockNow"), letterId) }),
          }}
        />
      ),
    };
  },
};
