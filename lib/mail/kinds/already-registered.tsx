import type { AccountStatus } from "#db/schema/account.ts";
import { AskedForLetter } from "#emails/asked-for.tsx";
import { days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** What the owner can do next: nothing by themselves while the account is suspended. */
type Next = "active" | "awaiting" | "suspended";
const NEXT: Record<Exclude<AccountStatus, "closed">, Next> = {
  pre_registered: "awaiting",
  registered: "awaiting",
  email_verified: "awaiting",
  presence_verified: "awaiting",
  activated: "active",
  locked: "active",
  suspended: "suspended",
};

/** Tells an owner that somebody registered with their identity or mailbox. The screen of whoever did tells nothing. */
export const alreadyRegistered: Kind<"already_registered"> = {
  lifetime: days(2),

  async compose(ctx, { about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const t = translator(language);
    const next = NEXT[account.status];
    const buttons = {
      active: { words: t("alreadyRegistered.signIn"), href: `${ctx.origin}/sign-in` },
      awaiting: { words: t("alreadyRegistered.activate"), href: `${ctx.origin}/activate` },
      suspended: null,
    };
    const requestedAt = formatDate(new Date(about.requestedAt), language);
    return {
      subject: t("alreadyRegistered.subject"),
      letter: (
        <AskedForLetter
          frame={frameOf(language, agency)}
          preview={t("alreadyRegistered.preview")}
          heading={t("alreadyRegistered.heading")}
          greeting={t("greeting", { name: account.fullName })}
          happened={t(`alreadyRegistered.${about.what}`)}
          next={t(`alreadyRegistered.${next}`)}
          button={buttons[next]}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{
            title: t("whoTitle"),
            text: t("alreadyRegistered.who", { requestedAt, device: deviceIn(language, about.requestedFrom) }),
          }}
          notYou={{
            title: t("notYouTitle"),
            text: t("alreadyRegistered.notYou"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },
};
