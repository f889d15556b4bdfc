import type { Metadata } from "next";
import { issuerName } from "#app/totp-setup/issuer.ts";
import { Setup } from "#app/totp-setup/setup.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { enrolledOf } from "#lib/assurance/enrolled.ts";
import { FEW_LEFT } from "#lib/authenticators/advise.ts";
import { recoveryCodesLeft } from "#lib/authenticators/recovery-codes/find-recovery-codes.ts";
import { findTotp, pendingTotp } from "#lib/authenticators/totp/find-totp.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { limits } from "#lib/throttle/limits.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { settingsPages } from "../settings-pages.ts";
import { TwoFactors, TwoFactorsDone } from "../two-factors.tsx";
import { cancelApp, confirmApp } from "./actions.ts";
import { PresentApp } from "./present.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("authenticatorApp"))("title") };
}

const doneWords = {
  first: "done.added",
  added: "done.added",
  replaced: "done.replaced",
  removed: "done.removed",
} as const;
const stoppedWords = { tries: "stopped.tries", expired: "stopped.expired" } as const;

export default async function AuthenticatorAppPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, unknown>>;
}) {
  const [{ ctx, session }, t, issuer, { done, stopped }] = await Promise.all([
    requireSession(settingsPages["authenticator-app"].path),
    getTranslations("authenticatorApp"),
    issuerName(),
    searchParams,
  ]);
  const [totp, pending, enrolled, left] = await Promise.all([
    findTotp(ctx),
    pendingTotp(ctx, issuer),
    enrolledOf(ctx.db, session.accountId),
    recoveryCodesLeft(ctx),
  ]);
  return (
    <SettingsFrame here="authenticator-app">
      {isKey(doneWords, done) && <Done words={t(doneWords[done], { issuer })} />}
      <TwoFactorsDone done={done} />
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        {isKey(stoppedWords, stopped) && !pending && (
          <div role="alert">
            <Callout tone="warn">{t(stoppedWords[stopped], { tries: limits.triesPerCode })}</Callout>
          </div>
        )}
        {pending ? (
          <Setup pending={pending} replaces={totp !== null} confirm={confirmApp} cancel={cancelApp} />
        ) : (
          <>
            {totp && (left ?? 0) <= FEW_LEFT && (
              <Callout
                tone={left === null ? "info" : "warn"}
                icon="key"
                action={
                  <LinkButton
                    variant={done === "first" ? "primary" : "second"}
                    small
                    href={settingsPages["recovery-codes"].path}
                  >
                    {t(left === null ? "codes.make" : "codes.renew")}
                  </LinkButton>
                }
              >
                <p>{left === null ? t("codes.first") : t("codes.low", { left })}</p>
              </Callout>
            )}
            <PresentApp totp={totp} now={ctx.now()} />
            {totp && <TwoFactors here="authenticator-app" enrolled={enrolled} policy={ctx.policy} />}
          </>
        )}
      </div>
    </SettingsFrame>
  );
}

const isKey = <T extends object>(words: T, key: unknown): key is keyof T & string =>
  typeof key === "string" && Object.hasOwn(words, key);
