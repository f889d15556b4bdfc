import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { hardwareToken } from "#db/schema/hardware-token.ts";
import { office } from "#db/schema/office.ts";
import { AskedForLetter } from "#emails/asked-for.tsx";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** Tells whoever looks after an office that a hardware token of somebody there is lost. Moot once it was handed in. */
export const tokenReport: Kind<"token_report"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { about, account, agency, language }) {
    if (account.status !== "activated") return "moot";
    const [token] = await ctx.db
      .select({
        serial: hardwareToken.serial,
        state: hardwareToken.state,
        since: hardwareToken.stateSince,
        name: accounts.fullName,
        office: office.name,
      })
      .from(hardwareToken)
      .innerJoin(accounts, eq(accounts.id, hardwareToken.holderId))
      .innerJoin(office, eq(office.id, accounts.officeId))
      .where(eq(hardwareToken.id, about.tokenId));
    if (token?.state !== "lost") return "moot";
    const t = translator(language);
    const { serial, name } = token;
    return {
      subject: t("tokenReport.subject", { serial }),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("tokenReport.preview")}
          heading={t("tokenReport.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t("tokenReport.happened", { serial, name, office: token.office })}
          next={t("tokenReport.next")}
          button={{ words: t("tokenReport.button"), href: `${ctx.origin}/admin/tokens/${about.tokenId}` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("tokenReport.whyTitle"),
            text: t("tokenReport.why", { at: formatDate(token.since, language) }),
          }}
          notYou={{
            title: t("tokenReport.doubtTitle"),
            text: t("tokenReport.doubt"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },
};
