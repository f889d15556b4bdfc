import { and, eq, isNull } from "drizzle-orm";
import { mailboxChange } from "#db/schema/profile.ts";
import { MailedLinkLetter } from "#emails/mailed-link.tsx";
import { record } from "#lib/audit/record.ts";
import { codeOf, groupedCode, tokenOf } from "#lib/kernel/mailed-secrets.ts";
import { days, minutes } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { MAILBOX_PROOF_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { holdAccount, isNewer, isOlder } from "./newest.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

const living = (of: Pick<typeof mailboxChange.$inferSelect, "accountId" | "which">) =>
  and(
    eq(mailboxChange.accountId, of.accountId),
    eq(mailboxChange.which, of.which),
    isNull(mailboxChange.consumedAt),
    isNull(mailboxChange.supersededAt),
  );

/**
 * Shows that letters to a new mailbox are read. Nobody knows yet whose it is, so it names no one. Moot when the change
 * was made, withdrawn or replaced, or when a newer letter is on its way.
 */
export const mailboxProof: Kind<"mailbox_proof"> = {
  provesMailbox: true,
  lifetime: days(1),

  async compose(ctx, { about, account, agency, language }) {
    if (account.status !== "activated") return "moot";
    const [change] = await ctx.db.select().from(mailboxChange).where(eq(mailboxChange.id, about.changeId));
    const open = change ? await ctx.db.select().from(mailboxChange).where(living(change)) : [];
    if (!change || !open.some(({ id }) => id === change.id) || open.some((other) => isNewer(other, change)))
      return "moot";

    const t = translator(language);
    const page = `${ctx.origin}/settings/profile/email/${change.which}`;
    const lasts = { minutes: MAILBOX_PROOF_LIFETIME / minutes(1) };
    const when = { at: formatDate(change.createdAt, language), device: deviceIn(language, change.requestedFrom) };
    return {
      subject: t("mailboxProof.subject"),
      letter: (
        <MailedLinkLetter
          frame={frameOf(language, agency)}
          preview={t("mailboxProof.preview", lasts)}
          heading={t("mailboxProof.heading")}
          greeting={t("mailboxProof.greeting")}
          lead={t(`mailboxProof.lead.${change.which}`)}
          button={{
            words: t("mailboxProof.button"),
            href: `${ctx.origin}/verify/${tokenOf(ctx.keys, "mailbox", change)}`,
          }}
          validity={t("mailboxProof.validity", lasts)}
          newest={t("mailboxProof.newest")}
          code={{
            lead: t("mailboxProof.codeLead"),
            href: page,
            tail: t("mailboxProof.codeTail"),
            digits: groupedCode(codeOf(ctx.keys, "mailbox", change)),
          }}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          who={{ title: t("whoTitle"), text: t("mailboxProof.who", when) }}
          notYou={{ title: t("notYouTitle"), text: t("mailboxProof.notYou"), call: callHelpdesk(t("worried"), agency) }}
        />
      ),
    };
  },

  /** The lifetime starts, and only now do the older letters of this change die. */
  async handedOver(tx, ctx, accountId, { changeId }) {
    const now = ctx.now();
    await holdAccount(tx, accountId);
    const [change] = await tx
      .update(mailboxChange)
      .set({ handedOverAt: now })
      .where(and(eq(mailboxChange.id, changeId), isNull(mailboxChange.handedOverAt)))
      .returning();
    if (!change) return;
    await tx
      .update(mailboxChange)
      .set({ supersededAt: now })
      .where(and(living(change), isOlder(mailboxChange, { id: changeId, createdAt: change.createdAt })));
    await record(tx, ctx, { type: "mailbox_change.handed_over", accountId, changeId, which: change.which });
  },
};
