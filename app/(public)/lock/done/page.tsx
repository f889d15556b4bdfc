import type { Metadata } from "next";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { isReference } from "#lib/account/open-case.ts";
import { readCookie } from "#lib/server/request/browser-cookies.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../../recover/call-helpdesk.tsx";
import { WayBack } from "../way-back.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const [t, locked] = await Promise.all([getTranslations("lock.done"), readCookie("locked")]);
  return { title: t(locked ? "title" : "howTitle") };
}

/** What has been done, in the browser that did it, and the way back; elsewhere only the way back. */
export default async function LockDonePage() {
  const [t, locked] = await Promise.all([getTranslations("lock.done"), readCookie("locked")]);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      <div className="heading-chip">
        <Chip tone={locked ? "ok" : "plain"} icon="lock" />
        <h1>{t(locked ? "heading" : "howHeading")}</h1>
      </div>
      <p className="lead">{t(locked ? "lead" : "howLead")}</p>
      {isReference(locked) && (
        <Callout tone="info" icon="flag">
          <p>
            {t("reported")} <strong className="reference num">{locked}</strong>
          </p>
          <p>{t("keep")}</p>
        </Callout>
      )}
      <section className="mt-6" aria-labelledby="back">
        <h2 className="h3" id="back">
          {t("wayBack")}
        </h2>
        <WayBack />
      </section>
      <div className="actions">
        <LinkButton href="/recover">{t("button")}</LinkButton>
      </div>
      {locked && <p className="muted mt-4">{t("later")}</p>}
    </SignInPanel>
  );
}
