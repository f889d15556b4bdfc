import { eq } from "drizzle-orm";
import { undoLink } from "#db/schema/second-factors.ts";
import { session } from "#db/schema/session.ts";
import { NewDeviceLetter } from "#emails/new-device.tsx";
import { after, days } from "#lib/kernel/time.ts";
import { undoToken } from "#lib/kernel/undo-token.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { NOT_ME_LIFETIME, NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { callHelpdesk, frameOf, translator } from "./words.ts";

/**
 * A sign-in from a browser the account did not know, and the one thing to do where it was somebody else's. Still worth
 * telling when that session has ended, not when its account is closed.
 */
export const newDevice: Kind<"new_device"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const [signedIn] = await ctx.db.select().from(session).where(eq(session.id, about.sessionId));
    if (!signedIn) return "moot";
    const t = translator(language);
    const when = { at: formatDate(signedIn.createdAt, language), device: deviceIn(language, signedIn.device) };
    return {
      subject: t("newDevice.subject"),
      letter: (
        <NewDeviceLetter
          frame={frameOf(language, agency)}
          preview={t("newDevice.preview")}
          heading={t("newDevice.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t("newDevice.lead")}
          when={t("newDevice.when", when)}
          button={{ words: t("newDevice.button"), href: `${ctx.origin}/undo/${undoToken(ctx.keys, about.undoId)}` }}
          validity={t("newDevice.validity", { days: NOT_ME_LIFETIME / days(1) })}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          notYou={{ title: t("notYouTitle"), text: t("newDevice.notYou"), call: callHelpdesk(t("callNow"), agency) }}
        />
      ),
    };
  },

  /** Its ten days start here. */
  async handedOver(tx, ctx, _accountId, { undoId }) {
    await tx
      .update(undoLink)
      .set({ expiresAt: after(ctx.now(), NOT_ME_LIFETIME) })
      .where(eq(undoLink.id, undoId));
  },
};
