import { and, eq, gt } from "drizzle-orm";
import { undoLink } from "#db/schema/recovery.ts";
import { session } from "#db/schema/session.ts";
import { NewDeviceLetter } from "#emails/new-device.tsx";
import { after, days } from "#lib/kernel/time.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { LOCK_LINK_LIFETIME, NOT_ME_LIFETIME, NOTICE_LIFETIME } from "../letters.ts";
import type { Kind } from "./kind.ts";
import { undoAddress } from "./undo-address.ts";
import { callHelpdesk, frameOf, lockNow, translator } from "./words.ts";

/**
 * A sign-in from a browser the account did not know, and the one thing to do where it was somebody else's. Still worth
 * telling when that session has ended, not when its account is closed.
 */
export const newDevice: Kind<"new_device"> = {
  lifetime: NOTICE_LIFETIME,

  async compose(ctx, { letterId, to, about, account, agency, language }) {
    if (account.status === "closed") return "moot";
    const [signedIn] = await ctx.db.select().from(session).where(eq(session.id, about.sessionId));
    if (!signedIn) return "moot";
    const t = translator(language);
    // Who reads the second address may lock the account; only the official mailbox leads to a new password.
    const disown = to === account.officialEmail;
    const lock = lockNow(ctx, t("lockNow"), letterId);
    const when = { at: formatDate(signedIn.createdAt, language), device: deviceIn(language, signedIn.device) };
    return {
      subject: t("newDevice.subject"),
      letter: (
        <NewDeviceLetter
          frame={frameOf(language, agency)}
          preview={t("newDevice.preview")}
          heading={t("newDevice.heading")}
          greeting={t("greeting", { name: account.fullName })}
          lead={t(disown ? "newDevice.lead" : "newDevice.leadElsewhere")}
          when={t("newDevice.when", when)}
          button={
            disown
              ? {
                  words: t("newDevice.button"),
                  href: await undoAddress(ctx, about.undoId),
                }
              : lock
          }
          validity={t("newDevice.validity", { days: (disown ? NOT_ME_LIFETIME : LOCK_LINK_LIFETIME) / days(1) })}
          plainLink={{ title: t("linkTitle"), text: t("linkText") }}
          notYou={{
            title: t("notYouTitle"),
            text: t("newDevice.notYou"),
            call: callHelpdesk(t("callNow"), agency),
            ...(disown && { door: lock }),
          }}
        />
      ),
    };
  },

  /** Its ten days start here. One that was ended meanwhile stays so. */
  async handedOver(tx, ctx, _accountId, { undoId }) {
    const now = ctx.now();
    await tx
      .update(undoLink)
      .set({ expiresAt: after(now, NOT_ME_LIFETIME) })
      .where(and(eq(undoLink.id, undoId), gt(undoLink.expiresAt, now)));
  },
};
