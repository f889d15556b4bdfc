import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { TokenStateBadge } from "#app/(console)/admin/tokens/token-state.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { moveStanding } from "#lib/campaign/tokens/move-standing.ts";
import { listOwnTokens } from "#lib/campaign/tokens/register/list-own-tokens.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { settingsPages } from "../settings-pages.ts";
import { TokenRow } from "./token-row.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.pages"))("hardware-tokens") };
}

/** A person's own tokens: what each is at, the way to say that one is lost, and how to hand one back. */
export default async function HardwareTokensPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { done, of }] = await Promise.all([
    requireSession(settingsPages["hardware-tokens"].path),
    getLocale(),
    getTranslations("hardwareTokens.own"),
    searchParams,
  ]);
  const [tokens, standing] = await Promise.all([listOwnTokens(ctx), moveStanding(ctx)]);
  const awaits = standing === "awaits";
  const lost = done === "lost" ? tokens.find(({ id, state }) => id === of && state === "lost") : undefined;
  const steps = messages[language].hardwareTokens.own.howSteps;
  return (
    <SettingsFrame here="hardware-tokens">
      {lost && <Done words={t("done", { serial: lost.serial })} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        {done === "changed" && <Callout>{t("changed")}</Callout>}
        {lost && (
          <Callout action={awaits && <LinkButton href="/home/move">{t("moveLink")}</LinkButton>}>
            <p>{t("after")}</p>
            <p>{t(`after_${standing}`)}</p>
          </Callout>
        )}
        <section className="card" aria-labelledby="yours">
          <h2 className="h3" id="yours">
            {t("yours")}
          </h2>
          {tokens.length === 0 ? (
            <div className="empty">
              <span className="chip plain">
                <Icon name="usb" />
              </span>
              <h3 className="h4">{t("none")}</h3>
              <p>{t("noneText")}</p>
            </div>
          ) : (
            <ul className="mt-4">
              {tokens.map((token) => (
                <TokenRow
                  key={token.id}
                  token={token}
                  language={language}
                  badge={<TokenStateBadge state={token.state} />}
                />
              ))}
            </ul>
          )}
        </section>
        {awaits && !lost && (
          <section className="card" aria-labelledby="move">
            <h2 className="h4" id="move">
              {t("move")}
            </h2>
            <p>{t("moveText")}</p>
            <p className="actions">
              <LinkButton href="/home/move">{t("moveLink")}</LinkButton>
            </p>
          </section>
        )}
        <section className="card" aria-labelledby="how">
          <h2 className="h4" id="how">
            {t("how")}
          </h2>
          <ol className="bullets">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p className="mt-3">
            <a href="/guide/roaming-otp">{t("guide")}</a>
          </p>
        </section>
      </div>
    </SettingsFrame>
  );
}
