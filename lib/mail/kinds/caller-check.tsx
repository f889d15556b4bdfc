import { eq } from "drizzle-orm";
import { account as accounts } from "#db/schema/account.ts";
import { callerCheck as checks } from "#db/schema/helpdesk.ts";
import { office } from "#db/schema/office.ts";
import { EmailCodeLetter } from "#emails/email-code.tsx";
import { counterpartOf } from "#lib/kernel/caller-codes.ts";
import { minutes } from "#lib/kernel/time.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * The code that whoever telephones with the helpdesk reads back, derived from the check's row here, so that a retry
 * carries the same one. Moot once the check is over, or the account has another mailbox.
 */
export const callerCheck: Kind<"caller_check"> = {
  /** No check lasts longer. */
  lifetime: minutes(10),

  async compose(ctx, { about, account, to, agency, language }) {
    const [found] = await ctx.db
      .select({ check: checks, officeName: office.name })
      .from(checks)
      .innerJoin(accounts, eq(accounts.id, checks.officerId))
      .innerJoin(office, eq(office.id, accounts.officeId))
      .where(eq(checks.id, about.checkId));
    if (!found || account.status === "closed" || account.officialEmail.toLowerCase() !== to.toLowerCase())
      return "moot";
    const { check, officeName } = found;
    if (check.verifiedAt || check.failedAt || check.answeredBy !== "mailbox") return "moot";

    const t = translator(language);
    const facts = { office: officeName, until: formatDate(check.expiresAt, language) };
    return {
      subject: t("callerCheck.subject"),
      letter: (
        <EmailCodeLetter
          frame={frameOf(language, agency)}
          preview={t("callerCheck.preview", facts)}
          heading={t("callerCheck.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("callerCheck.lead", facts)}
          digits={counterpartOf(ctx.keys, check)}
          validity={t("callerCheck.validity", facts)}
          newest={t("callerCheck.once")}
          button={{ words: t("callerCheck.button"), href: `${ctx.origin}/call` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("callerCheck.who", facts) }}
          notYou={{ title: t("notYouTitle"), text: t("callerCheck.notYou"), call: callHelpdesk(t("worried"), agency) }}
        />
      ),
    };
  },
};
