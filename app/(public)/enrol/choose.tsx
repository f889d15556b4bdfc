import { getLocale } from "next-intl/server";
import { issuerName } from "#app/totp-setup/issuer.ts";
import { Setup } from "#app/totp-setup/setup.tsx";
import { Submit } from "#components/form/submit.tsx";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { AddPasskey } from "#components/passkey/add-passkey.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import { minutes } from "#lib/kernel/time.ts";
import type { Signed } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { limits } from "#lib/throttle/limits.ts";
import { CallHelpdesk } from "../recover/call-helpdesk.tsx";
import { beginApp, cancelApp, enrolApp, enrolPasskey, leave } from "./actions.ts";

const stoppedWords = { tries: "stoppedTries", expired: "stoppedExpired" } as const;

/** The one enrolment: a passkey, here or on a phone, or an authenticator app. `stopped`: of the page's address. */
export async function Choose({ ctx, session, stopped }: Signed & { stopped: unknown }) {
  const [t, pending] = await Promise.all([getTranslations("enrol.now"), pendingTotp(ctx, await issuerName())]);
  const left = Math.max(1, Math.ceil((session.expiresAt.getTime() - ctx.now().getTime()) / minutes(1)));
  const why = stopped === "tries" || stopped === "expired" ? stoppedWords[stopped] : null;
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <h1>{t("heading")}</h1>
      {!pending && <p className="lead">{t("lead")}</p>}
      {why && !pending && (
        <div role="alert">
          <Callout tone="warn">{t(why, { tries: limits.triesPerCode })}</Callout>
        </div>
      )}
      {pending ? (
        <div className="enrol">
          <Setup pending={pending} replaces={false} confirm={enrolApp} cancel={cancelApp} />
        </div>
      ) : (
        <div className="enrol">
          <Passkeys />
          <App />
        </div>
      )}
      <hr className="divide" />
      <p className="muted">{t("time", { minutes: left })}</p>
      <form action={leave}>
        <Submit variant="quiet" icon="logout" busy={t("leaving")}>
          {t("later")}
        </Submit>
      </form>
    </SignInPanel>
  );
}

async function Passkeys() {
  const [language, t] = await Promise.all([getLocale(), getTranslations("enrol.now")]);
  const { ceremony, adding, addHereText, addElsewhereText } = messages[language].passkeys;
  const words = { ...ceremony, ...adding };
  return (
    <section className="card" aria-labelledby="passkey">
      <div className="heading-chip">
        <Chip icon="fingerprint" />
        <h2 className="h3" id="passkey">
          {t("passkey")}
        </h2>
      </div>
      <p className="mt-3">{t("passkeyText")}</p>
      <noscript>
        <Callout tone="warn">{t("noScript")}</Callout>
      </noscript>
      <div className="ways">
        <AddPasskey
          action={enrolPasskey}
          where="here"
          words={words}
          className={buttonClass({ block: true })}
          hint={addHereText}
        >
          <Icon name="fingerprint" small />
          {t("here")}
        </AddPasskey>
        <AddPasskey
          action={enrolPasskey}
          where="elsewhere"
          words={words}
          className={buttonClass({ variant: "second", block: true })}
          hint={addElsewhereText}
        >
          <Icon name="other-device" small />
          {t("elsewhere")}
        </AddPasskey>
      </div>
      <GuideLink to="passkey" />
      <GuideLink to="other-device" />
    </section>
  );
}

async function App() {
  const t = await getTranslations("enrol.now");
  return (
    <section className="card" aria-labelledby="app">
      <div className="heading-chip">
        <Chip icon="otp-app" />
        <h2 className="h3" id="app">
          {t("app")}
        </h2>
      </div>
      <p className="mt-3">{t("appText")}</p>
      <form action={beginApp} className="actions">
        <Submit variant="second" icon="otp-app" busy={t("beginning")}>
          {t("beginApp")}
        </Submit>
      </form>
      <GuideLink to="authenticator-app" />
    </section>
  );
}
