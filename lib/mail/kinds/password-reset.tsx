import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import { passwordReset as resets } from "#db/schema/recovery.ts";
import { MailedLinkLetter } from "#emails/mailed-link.tsx";
import { record } from "#lib/audit/record.ts";
import { codeOf, groupedCode, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { after, minutes } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { RESET_LETTER_LIFETIME, RESET_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { holdAccount, isNewer, isOlder } from "./newest.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/** Those of an account that were mailed, or are to be, and still let a password be chosen. */
const mailedAndOpen = (accountId: string, now: Date) =>
  and(eq(resets.accountId, accountId), isNotNull(resets.mailbox), isNull(resets.doneAt), gt(resets.expiresAt, now));

/**
 * Button, plain link and typed code to a new password. The secrets are derived from the row here, so a retry carries the
 * same ones. Moot when it was used or ended, when a newer one is on its way, when the official mailbox is another one
 * by now, or when the account no longer takes a new password.
 */
export const passwordReset: Kind<"password_reset"> = {
  lifetime: RESET_LETTER_LIFETIME,

  async compose(ctx, { about, to, account, agency, language }) {
    const locked = account.status === "locked";
    if (account.status !== "activated" && !locked) return "moot";
    if (to.toLowerCase() !== account.officialEmail.toLowerCase()) return "moot";
    const open = await ctx.db.select().from(resets).where(mailedAndOpen(account.id, ctx.now()));
    const reset = open.find(({ id }) => id === about.resetId);
    if (!reset || open.some((other) => isNewer(other, reset))) return "moot";

    const t = translator(language);
    const lasts = { minutes: RESET_LIFETIME / minutes(1) };
    const who = { at: formatDate(reset.createdAt, language), device: deviceIn(language, reset.requestedFrom ?? "") };
    return {
      subject: t("passwordReset.subject"),
      letter: (
        <MailedLinkLetter
          frame={frameOf(language, agency)}
          preview={t("passwordReset.preview", lasts)}
          heading={t("passwordReset.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(locked ? "passwordReset.leadLocked" : "passwordReset.lead")}
          button={{
            words: t("passwordReset.button"),
            href: `${ctx.origin}/recover/${tokenOf(ctx.keys, "reset", reset)}`,
          }}
          validity={t("passwordReset.validity", lasts)}
          newest={t("passwordReset.newest")}
          code={{
            lead: t("passwordReset.codeLead"),
            href: `${ctx.origin}/recover/code`,
            tail: t("passwordReset.codeTail"),
            digits: groupedCode(codeOf(ctx.keys, "reset", reset)),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("passwordReset.who", who) }}
          notYou={{
            title: t("notYouTitle"),
            text: t("passwordReset.notYou"),
            call: callHelpdesk(t("worried"), agency),
          }}
        />
      ),
    };
  },

  /**
   * Its half an hour starts, and only now do the older letters' links die: had nobody taken this one, they would be all
   * the person has. One that was ended meanwhile stays so.
   */
  async handedOver(tx, ctx, accountId, { resetId }) {
    const now = ctx.now();
    await holdAccount(tx, accountId);
    const [reset] = await tx
      .update(resets)
      .set({ handedOverAt: now, expiresAt: after(now, RESET_LIFETIME) })
      .where(and(mailedAndOpen(accountId, now), eq(resets.id, resetId), isNull(resets.handedOverAt)))
      .returning({ createdAt: resets.createdAt });
    if (!reset) return;
    await tx
      .update(resets)
      .set({ expiresAt: now })
      .where(and(mailedAndOpen(accountId, now), isOlder(resets, { id: resetId, createdAt: reset.createdAt })));
    await record(tx, ctx, { type: "password_reset.handed_over", accountId, resetId });
  },
};
