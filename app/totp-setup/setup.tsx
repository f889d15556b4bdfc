import { getLocale } from "next-intl/server";
import { Countdown } from "#components/form/countdown.tsx";
import { Submit } from "#components/form/submit.tsx";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { inFours } from "#lib/authenticators/totp/codes.ts";
import { PENDING_LIFETIME, type PendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { type ConfirmAction, ConfirmForm } from "./form.tsx";
import { QrCode } from "./qr-code.tsx";

type SetupProps = {
  pending: PendingTotp;
  /** There is an app in use, until the new one is confirmed. */
  replaces: boolean;
  confirm: ConfirmAction;
  cancel: () => Promise<void>;
};

/** The secret, to be scanned, opened or typed, and the code that proves the app has it. */
export async function Setup({ pending, replaces, confirm, cancel }: SetupProps) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("authenticatorApp.setup")]);
  const { authenticatorApp, form } = messages[language];
  const { timeLeft, timeLeftOne, timeLastMinute, timeOver } = authenticatorApp.setup;
  return (
    <section className="card" aria-labelledby="setup">
      <h2 className="h3" id="setup">
        {t(replaces ? "headingReplace" : "heading")}
      </h2>
      {replaces && <Callout>{t("keeps")}</Callout>}
      <ConfirmForm
        confirm={confirm}
        words={authenticatorApp.setup}
        summary={{ one: form.errorOne, many: form.errorMany }}
      >
        <div className="qr-step">
          <QrCode text={pending.uri} label={t("qr")} />
          <div className="stack">
            <div>
              <h3 className="h4">{t("scan")}</h3>
              <p>{t("scanText")}</p>
            </div>
            <LinkButton className="on-phone" variant="second" icon="mobile" href={pending.uri}>
              {t("openHere")}
            </LinkButton>
            <details className="typed-key">
              <summary>{t("cannotScan")}</summary>
              <p className="muted">{t("cannotScanText")}</p>
              <dl className="facts">
                <div>
                  <dt>{t("account")}</dt>
                  <dd>{pending.label}</dd>
                </div>
                <div>
                  <dt>{t("key")}</dt>
                  <dd className="secret">{inFours(pending.secret)}</dd>
                </div>
              </dl>
            </details>
            <Countdown
              secondsLeft={pending.secondsLeft}
              seconds={PENDING_LIFETIME / 1_000}
              words={{ left: timeLeft, leftOne: timeLeftOne, lastMinute: timeLastMinute, over: timeOver }}
            />
          </div>
        </div>
      </ConfirmForm>
      <GuideLink to="authenticator-app" />
      <form action={cancel} className="after-form">
        <Submit variant="quiet" busy={t("cancelling")}>
          {t("cancel")}
        </Submit>
      </form>
    </section>
  );
}
