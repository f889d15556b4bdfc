import { AskedForLetter } from "#emails/asked-for.tsx";
import { formatDate } from "#lib/text/format-date.ts";
import { INVITATION_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * Tells somebody whom the agency has registered that they may activate, and where. It carries no secret: the link that
 * opens something is asked for there, and lives from then on. Moot once they have.
 */
export const invitation: Kind<"invitation"> = {
  lifetime: INVITATION_LIFETIME,

  async compose(ctx, { account, to, agency, language }) {
    if (account.status !== "pre_registered" || account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
    const t = translator(language);
    const facts = { agency: language === "ms" ? agency.nameMs : agency.nameEn };
    return {
      subject: t("invitation.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("invitation.preview")}
          heading={t("invitation.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t("invitation.happened", facts)}
          next={t("invitation.next")}
          button={{ words: t("invitation.button"), href: `${ctx.origin}/activate` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("whoTitle"),
            text: t("invitation.who", { ...facts, registeredAt: formatDate(account.createdAt, language) }),
          }}
          notYou={{
            title: t("notYouTitle"),
            text: t("invitation.notYou"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },
};
