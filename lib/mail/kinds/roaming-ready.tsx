import { and, asc, eq, inArray } from "drizzle-orm";
import { campaign, campaignPerson } from "#db/schema/campaign.ts";
import { hardwareToken } from "#db/schema/hardware-token.ts";
import { AskedForLetter } from "#emails/asked-for.tsx";
import { formatDate } from "#lib/text/format-date.ts";
import { NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * The move is complete: from now on somebody approves with what they enrolled, and hands their tokens back. It stands in
 * the place of the notice that a certificate was issued; none is. Moot where it is true no more.
 */
export const roamingReady: Kind<"roaming_ready"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { account, about, agency, language }) {
    const [moved] = await ctx.db
      .select({ state: campaignPerson.state, at: campaignPerson.completedAt, ms: campaign.nameMs, en: campaign.nameEn })
      .from(campaignPerson)
      .innerJoin(campaign, eq(campaign.id, campaignPerson.campaignId))
      .where(and(eq(campaignPerson.campaignId, about.campaignId), eq(campaignPerson.accountId, account.id)));
    if (moved?.state !== "done" || !moved.at) return "moot";
    const tokens = await ctx.db
      .select({ serial: hardwareToken.serial })
      .from(hardwareToken)
      .where(
        and(eq(hardwareToken.holderId, account.id), inArray(hardwareToken.state, ["retired", "revoked", "misused"])),
      )
      .orderBy(asc(hardwareToken.serial));
    const t = translator(language);
    const serials = new Intl.ListFormat(language, { type: "conjunction" }).format(tokens.map(({ serial }) => serial));
    return {
      subject: t("roamingReady.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("roamingReady.preview")}
          heading={t("roamingReady.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t("roamingReady.happened")}
          next={tokens.length > 0 ? t("roamingReady.handBack", { serials }) : t("roamingReady.nothingLeft")}
          button={{ words: t("roamingReady.button"), href: `${ctx.origin}/home/move` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("roamingReady.whyTitle"),
            text: t("roamingReady.why", {
              campaign: language === "en" ? moved.en : moved.ms,
              at: formatDate(moved.at, language),
            }),
          }}
          notYou={{ title: t("notYouTitle"), text: t("roamingReady.notYou"), call: callHelpdesk(t("callNow"), agency) }}
        />
      ),
    };
  },
};
