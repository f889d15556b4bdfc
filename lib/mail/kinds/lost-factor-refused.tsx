import { AskedForLetter } from "#emails/asked-for.tsx";
import { days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { LostFactorRefusal } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** Where its reader goes on by themselves; the helpdesk otherwise. */
const doors: Partial<Record<LostFactorRefusal, "/recover" | "/sign-in">> = {
  locked: "/recover",
  no_second_factor: "/sign-in",
};

/** Somebody asked to have a lost second factor replaced, and it is not possible: why, and the way on. */
export const lostFactorRefused: Kind<"lost_factor_refused"> = {
  lifetime: days(2),

  async compose(ctx, { about, account, agency, language }) {
    const { why } = about;
    // What stood in the way has changed meanwhile: one may ask again.
    if (account.status !== (why === "locked" || why === "suspended" ? why : "activated")) return "moot";
    const t = translator(language);
    const door = doors[why];
    const when = {
      at: formatDate(new Date(about.requestedAt), language),
      device: deviceIn(language, about.requestedFrom),
    };
    return {
      subject: t("lostFactorRefused.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("lostFactorRefused.preview")}
          heading={t("lostFactorRefused.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t(`lostFactorRefused.why.${why}`)}
          next={t(`lostFactorRefused.next.${why}`, { phone: agency.helpdeskPhone })}
          button={
            door
              ? {
                  words: t(`lostFactorRefused.button.${door === "/recover" ? "recover" : "signIn"}`),
                  href: `${ctx.origin}${door}`,
                }
              : null
          }
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("lostFactorRefused.who", when) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("lostFactorRefused.notYou"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },
};
