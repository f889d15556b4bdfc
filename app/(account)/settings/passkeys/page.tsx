import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { AddPasskey } from "#components/passkey/add-passkey.tsx";
import { TellBrowser } from "#components/passkey/tell-browser.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { listPasskeys, passkeySignals } from "#lib/authenticators/passkey/list-passkeys.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { Done } from "../done.tsx";
import { PageHead } from "../page-head.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { settingsPages } from "../settings-pages.ts";
import { addMadePasskey } from "./actions.ts";
import { PasskeyRow } from "./passkey-row.tsx";
import { listPath, renamePath } from "./paths.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("passkeys"))("title") };
}

export default async function PasskeysPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx }, language, t, { done, passkey }] = await Promise.all([
    requireSession(listPath),
    getLocale(),
    getTranslations("passkeys"),
    searchParams,
  ]);
  const [passkeys, accepted, typed] = await Promise.all([
    listPasskeys(ctx),
    passkeySignals(ctx),
    typedBefore(listPath),
  ]);
  const { ceremony, adding } = messages[language].passkeys;
  const words = { ...ceremony, ...adding };
  const changed = passkeys.find(({ id }) => id === passkey);
  return (
    <SettingsFrame here="passkeys">
      {done === "removed" && <Done words={t("removed")} />}
      {done === "renamed" && changed && <Done words={t("renamed", { name: changed.name })} />}
      {done === "added" && changed && (
        <Done
          words={t.rich("added", { name: changed.name, a: (words) => <a href={renamePath(changed.id)}>{words}</a> })}
        />
      )}
      {accepted && <TellBrowser accepted={accepted} />}
      <PageHead heading={t("heading")} lead={t("lead")} />
      <div className="cards">
        <section className="card" aria-labelledby="devices">
          <div className="card-head">
            <h2 className="h3" id="devices">
              {t("devices")}
            </h2>
            {passkeys.length > 0 && <p className="muted">{t("count", { count: passkeys.length })}</p>}
          </div>
          {passkeys.length > 0 ? (
            <ul>
              {passkeys.map((each) => (
                <PasskeyRow key={each.id} passkey={each} />
              ))}
            </ul>
          ) : (
            <div className="empty">
              <Chip icon="fingerprint" tone="plain" />
              <h3>{t("empty")}</h3>
              <p>{t("emptyText")}</p>
            </div>
          )}
        </section>
        <section className="card" aria-labelledby="add">
          <h2 className="h3" id="add">
            {t("add")}
          </h2>
          {typed?.proven && <Callout tone="ok">{t("proven")}</Callout>}
          <noscript>
            <Callout tone="warn">
              <p>
                {t.rich("noScript", {
                  a: (words) => <a href={settingsPages["authenticator-app"].path}>{words}</a>,
                })}
              </p>
            </Callout>
          </noscript>
          <div className="ways">
            <AddPasskey
              action={addMadePasskey}
              where="here"
              words={words}
              className={buttonClass({ block: true })}
              hint={t("addHereText")}
            >
              <Icon name="fingerprint" small />
              {t("addHere")}
            </AddPasskey>
            <AddPasskey
              action={addMadePasskey}
              where="elsewhere"
              words={words}
              className={buttonClass({ variant: "second", block: true })}
              hint={t("addElsewhereText")}
            >
              <Icon name="other-device" small />
              {t("addElsewhere")}
            </AddPasskey>
          </div>
          <GuideLink to="passkey" />
          <GuideLink to="other-device" />
        </section>
      </div>
    </SettingsFrame>
  );
}
