import { and, eq, isNull } from "drizzle-orm";
import { emailCode as codes } from "#db/schema/second-factors.ts";
import { EmailCodeLetter } from "#emails/email-code.tsx";
import { record } from "#lib/audit/record.ts";
import { emailCodeOf } from "#lib/kernel/email-code-secrets.ts";
import { minutes } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { EMAIL_CODE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { holdAccount, isNewer, isOlder } from "./newest.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * The code, derived from its row here, so that a retry carries the same one. Moot when it was used or replaced, when a
 * newer one of the same sign-in is on its way, or when codes to this mailbox no longer open the account.
 */
export const emailCode: Kind<"email_code"> = {
  /** No sign-in waits longer. */
  lifetime: minutes(15),

  async compose(ctx, { about, account, agency, language }) {
    const [code] = await ctx.db.select().from(codes).where(eq(codes.id, about.codeId));
    const stillSent =
      account.status === "activated" &&
      account.emailCodeOn &&
      account.officialEmailVerifiedAt !== null &&
      account.officialEmail.toLowerCase() === code?.mailbox.toLowerCase();
    if (!code || !stillSent) return "moot";
    const living = await ctx.db
      .select({ id: codes.id, createdAt: codes.createdAt })
      .from(codes)
      .where(and(eq(codes.ceremonyId, code.ceremonyId), isNull(codes.supersededAt), isNull(codes.consumedAt)));
    if (!living.some(({ id }) => id === code.id) || living.some((other) => isNewer(other, code))) return "moot";

    const t = translator(language);
    const lasts = { minutes: EMAIL_CODE_LIFETIME / minutes(1) };
    const digits = emailCodeOf(ctx.keys, code.id, code);
    const when = { at: formatDate(code.createdAt, language), device: deviceIn(language, code.requestedFrom) };
    return {
      subject: t("emailCode.subject"),
      // Bound to the portal's domain, so that a phone or browser offers it there and nowhere else (WICG origin-bound
      // one-time codes).
      lastLine: `@${new URL(ctx.origin).hostname} #${digits}`,
      letter: (
        <EmailCodeLetter
          frame={frameOf(language, agency)}
          preview={t("emailCode.preview", lasts)}
          heading={t("emailCode.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("emailCode.lead")}
          digits={digits}
          validity={t("emailCode.validity", lasts)}
          newest={t("emailCode.newest")}
          button={{ words: t("emailCode.button"), href: `${ctx.origin}/sign-in/code?method=email` }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("emailCode.who", when) }}
          notYou={{ title: t("notYouTitle"), text: t("emailCode.notYou"), call: callHelpdesk(t("worried"), agency) }}
        />
      ),
    };
  },

  /**
   * Its ten minutes start, and only now do the older ones of the sign-in die: had nobody taken the letter, they would
   * be all there is.
   */
  async handedOver(tx, ctx, accountId, { codeId }) {
    const now = ctx.now();
    await holdAccount(tx, accountId);
    const [code] = await tx
      .update(codes)
      .set({ handedOverAt: now })
      .where(and(eq(codes.id, codeId), isNull(codes.handedOverAt)))
      .returning({ ceremonyId: codes.ceremonyId, createdAt: codes.createdAt });
    if (!code) return;
    await tx
      .update(codes)
      .set({ supersededAt: now })
      .where(
        and(
          eq(codes.ceremonyId, code.ceremonyId),
          isOlder(codes, { id: codeId, createdAt: code.createdAt }),
          isNull(codes.consumedAt),
          isNull(codes.supersededAt),
        ),
      );
    await record(tx, ctx, { type: "email_code.handed_over", accountId, codeId });
  },
};
