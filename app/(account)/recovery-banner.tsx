import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { Context } from "#lib/kernel/context.ts";
import { ownWait } from "#lib/recovery/lost-factor/view-recovery.ts";
import { deviceIn } from "#lib/text/device-words.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { stopOwnRecovery } from "./stop-own-recovery.ts";

/** While a lost second factor waits to be replaced, whoever is signed in sees it wherever they are, and can stop it. */
export async function RecoveryBanner({ ctx }: { ctx: Context }) {
  const [language, t, wait] = await Promise.all([getLocale(), getTranslations("lostFactor.banner"), ownWait(ctx)]);
  if (!wait) return null;
  const facts = {
    at: formatDate(wait.startedAt, language),
    device: deviceIn(language, wait.from),
    readyAt: formatDate(wait.readyAt, language),
  };
  return (
    <div className="recovery-banner">
      <Callout
        tone="warn"
        action={
          <form action={stopOwnRecovery}>
            <Submit variant="danger" small busy={t("cancelling")}>
              {t("cancel")}
            </Submit>
          </form>
        }
      >
        <p>
          <strong>{t("heading")}.</strong> {t(wait.ready ? "ready" : "text", facts)} <strong>{t("notYou")}</strong>
        </p>
      </Callout>
    </div>
  );
}
