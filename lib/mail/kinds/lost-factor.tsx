import { and, eq, isNull } from "drizzle-orm";
import { recovery } from "#db/schema/recovery.ts";
import { MailedLinkLetter } from "#emails/mailed-link.tsx";
import { record } from "#lib/audit/record.ts";
import { codeOf, groupedCode, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { RECOVERY_LETTER_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { holdAccount, isNewer, isOlder } from "./newest.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * Leads to the security questions. The secrets are derived from the recovery's row here, so that a retry carries the
 * same ones. Moot when it was begun, stopped or replaced, when a newer one is on its way, or when the account may not be
 * entered or has another mailbox.
 */
export const lostFactor: Kind<"lost_factor"> = {
  lifetime: RECOVERY_LETTER_LIFETIME,

  async compose(ctx, { about, account, to, agency, language }) {
    if (account.status !== "activated" || account.officialEmail.toLowerCase() !== to.toLowerCase()) return "moot";
    const living = await ctx.db
      .select()
      .from(recovery)
      .where(
        and(
          eq(recovery.accountId, account.id),
          isNull(recovery.startedAt),
          isNull(recovery.supersededAt),
          isNull(recovery.cancelledAt),
        ),
      );
    const asked = living.find(({ id }) => id === about.recoveryId);
    if (!asked || living.some((other) => isNewer(other, asked))) return "moot";

    const t = translator(language);
    const when = { at: formatDate(asked.createdAt, language), device: deviceIn(language, asked.requestedFrom) };
    return {
      subject: t("lostFactor.subject"),
      letter: (
        <MailedLinkLetter
          frame={frameOf(language, agency)}
          preview={t("lostFactor.preview")}
          heading={t("lostFactor.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("lostFactor.lead")}
          button={{
            words: t("lostFactor.button"),
            href: `${ctx.origin}/recover/second-factor/${tokenOf(ctx.keys, "recovery", asked)}`,
          }}
          validity={t("lostFactor.validity")}
          newest={t("lostFactor.newest")}
          code={{
            lead: t("lostFactor.codeLead"),
            href: `${ctx.origin}/recover/second-factor/code`,
            tail: t("lostFactor.codeTail"),
            digits: groupedCode(codeOf(ctx.keys, "recovery", asked)),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("lostFactor.who", when) }}
          notYou={{ title: t("notYouTitle"), text: t("lostFactor.notYou"), call: callHelpdesk(t("worried"), agency) }}
        />
      ),
    };
  },

  /** Its half hour starts, and only now do the older ones die: had nobody taken the letter, they would be all there is. */
  async handedOver(tx, ctx, accountId, { recoveryId }) {
    const now = ctx.now();
    await holdAccount(tx, accountId);
    const [asked] = await tx
      .update(recovery)
      .set({ handedOverAt: now })
      .where(and(eq(recovery.id, recoveryId), isNull(recovery.handedOverAt)))
      .returning({ createdAt: recovery.createdAt });
    if (!asked) return;
    await tx
      .update(recovery)
      .set({ supersededAt: now })
      .where(
        and(
          eq(recovery.accountId, accountId),
          isOlder(recovery, { id: recoveryId, createdAt: asked.createdAt }),
          isNull(recovery.startedAt),
          isNull(recovery.supersededAt),
        ),
      );
    await record(tx, ctx, { type: "recovery.handed_over", accountId, recoveryId });
  },
};
