import { and, eq, isNull } from "drizzle-orm";
import { type AccountStatus, activationLink } from "#db/schema/account.ts";
import { MailedLinkLetter } from "#emails/mailed-link.tsx";
import { record } from "#lib/audit/record.ts";
import { codeOf, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import type { Kind } from "./kind.ts";
import { holdAccount, isNewer, isOlder } from "./newest.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

const AWAITS_ACTIVATION: readonly AccountStatus[] = [
  "pre_registered",
  "registered",
  "email_verified",
  "presence_verified",
];

/** A request this soon after the registration is the registration's own. */
const SAME_REQUEST = minutes(1);

/**
 * Button, plain link and typed code. The secrets are derived from the link's row here, so a retry carries the same ones.
 * Moot when the link was used or replaced, when a newer one is on its way, or when the account no longer awaits its activation.
 */
export const activation: Kind<"activation"> = {
  lifetime: days(7),

  async compose(ctx, { about, account, agency, language }) {
    if (!AWAITS_ACTIVATION.includes(account.status)) return "moot";
    const living = await ctx.db
      .select()
      .from(activationLink)
      .where(
        and(
          eq(activationLink.accountId, account.id),
          isNull(activationLink.supersededAt),
          isNull(activationLink.consumedAt),
        ),
      );
    const link = living.find(({ id }) => id === about.linkId);
    if (!link || living.some((other) => isNewer(other, link))) return "moot";

    const t = translator(language);
    const code = codeOf(ctx.keys, "activation", link);
    const { selfRegisteredAt } = account;
    const times = {
      requestedAt: formatDate(link.createdAt, language),
      registeredAt: formatDate(selfRegisteredAt ?? account.createdAt, language),
      device: deviceIn(language, link.requestedFrom),
    };
    const who = () => {
      if (!selfRegisteredAt) return t("activation.preRegistered", times);
      const ofRegistration = link.createdAt.getTime() - selfRegisteredAt.getTime() < SAME_REQUEST;
      return ofRegistration ? t("activation.registered", times) : t("activation.registeredEarlier", times);
    };

    return {
      subject: t("activation.subject"),
      letter: (
        <MailedLinkLetter
          frame={frameOf(language, agency)}
          preview={t("activation.preview")}
          heading={t("activation.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("activation.lead")}
          button={{
            words: t("activation.button"),
            href: `${ctx.origin}/activate/${tokenOf(ctx.keys, "activation", link)}`,
          }}
          validity={t("activation.validity")}
          newest={t("activation.newest")}
          code={{
            lead: t("activation.codeLead"),
            href: `${ctx.origin}/activate/code`,
            tail: t("activation.codeTail"),
            digits: `${code.slice(0, 4)} ${code.slice(4)}`,
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: who() }}
          notYou={{ title: t("notYouTitle"), text: t("activation.notYou"), call: callHelpdesk(t("worried"), agency) }}
        />
      ),
    };
  },

  /** The lifetime starts, and only now do the older links die: had nobody taken the letter, they would be all the person has. */
  async handedOver(tx, ctx, accountId, { linkId }) {
    const now = ctx.now();
    await holdAccount(tx, accountId);
    const [link] = await tx
      .update(activationLink)
      .set({ handedOverAt: now })
      .where(and(eq(activationLink.id, linkId), isNull(activationLink.handedOverAt)))
      .returning({ createdAt: activationLink.createdAt });
    if (!link) return;
    await tx
      .update(activationLink)
      .set({ supersededAt: now })
      .where(
        and(
          eq(activationLink.accountId, accountId),
          isOlder(activationLink, { id: linkId, createdAt: link.createdAt }),
          // One in the hands of a person at a counter is not ended by a letter that anybody may ask for.
          isNull(activationLink.seenBy),
          isNull(activationLink.consumedAt),
          isNull(activationLink.supersededAt),
        ),
      );
    await record(tx, ctx, { type: "activation_link.handed_over", accountId, linkId });
  },
};
