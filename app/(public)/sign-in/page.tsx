import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SignInWithPasskey } from "#components/passkey/sign-in-with-passkey.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { isReturnPath } from "#lib/kernel/return-path.ts";
import { minutes } from "#lib/kernel/time.ts";
import { config } from "#lib/server/config.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { currentContext } from "#lib/server/request/current-context.ts";
import { currentSession } from "#lib/server/request/current-session.ts";
import { SESSION_IDLE } from "#lib/session/session.ts";
import { whyEnded } from "#lib/session/why-ended.ts";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { SignInWithGoogle } from "../google/google-button.tsx";
import { GoogleNotice } from "../google/google-notice.tsx";
import { identityForm } from "../identity-form.ts";
import { ForSystem } from "./for-system.tsx";
import { IdentifyForm } from "./form.tsx";
import { signInByPasskeyAlone } from "./passkey-actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn"))("title") };
}

const notices = {
  signedOut: "signedOut",
  startAgain: "startAgain",
  newPassword: "newPassword",
  passkeyRemoved: "passkeyRemoved",
  factorReplaced: "factorReplaced",
} as const;
const good: ReadonlySet<string> = new Set(["signedOut", "newPassword", "factorReplaced"]);

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [language, t, session, { type, returnTo, notice }] = await Promise.all([
    getLocale(),
    getTranslations("signIn"),
    currentSession(),
    searchParams,
  ]);
  const to = typeof returnTo === "string" && isReturnPath(returnTo) ? returnTo : null;
  if (session) redirect(to ?? "/home");
  const { kind, words, countries, other } = identityForm(language, type);
  const { form, passkeys, signIn } = messages[language];
  // Somebody who never signed in was not signed out either.
  const ended = to === null ? null : await readCookie("session");
  const said =
    typeof notice === "string" && Object.hasOwn(notices, notice)
      ? notices[notice as keyof typeof notices]
      : ended && (await whyEnded(await currentContext(), ended));
  return (
    <SignInPanel
      under={
        <div className="links">
          <p>{t.rich("noActivation", { a: (words) => <a href="/activate">{words}</a> })}</p>
          {config().registration === "open" && (
            <p>{t.rich("noAccount", { a: (words) => <a href="/register">{words}</a> })}</p>
          )}
          <p>{t.rich("forgot", { a: (words) => <a href="/recover">{words}</a> })}</p>
          <p>{t.rich("help", { a: (words) => <a href="/guide/first-aid">{words}</a> })}</p>
        </div>
      }
    >
      <ForSystem returnTo={to} />
      {said && (
        <Callout tone={good.has(said) ? "ok" : "info"}>{t(said, { minutes: SESSION_IDLE / minutes(1) })}</Callout>
      )}
      <GoogleNotice code={notice} />
      <IdentifyForm
        kind={kind}
        words={{ ...words, next: signIn.next, nextBusy: signIn.nextBusy }}
        summary={{ one: form.errorOne, many: form.errorMany }}
        countries={countries}
        returnTo={to}
      >
        <h1>{t("heading")}</h1>
      </IdentifyForm>
      <p className="center">
        <a href={signInPath(to, other.query)}>{t(other.words)}</a>
      </p>
      <p className="or">{passkeys.signIn.or}</p>
      <div className="ways-in">
        <SignInWithPasskey
          anybody
          action={signInByPasskeyAlone}
          where="here"
          words={{ ...passkeys.ceremony, noneHere: passkeys.signIn.noneHere }}
          className={buttonClass({ variant: "second", block: true })}
          fields={to && <input type="hidden" name="returnTo" value={to} />}
        >
          <Icon name="fingerprint" small />
          {passkeys.signIn.here}
        </SignInWithPasskey>
        <SignInWithGoogle returnTo={to} />
      </div>
    </SignInPanel>
  );
}
