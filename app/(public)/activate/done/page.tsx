import type { Metadata } from "next";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Burst } from "#components/ui/burst.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { SecondFactorOffer } from "./offer.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.done"))("title") };
}

const toPasskeys = signInPath("/settings/passkeys");
const toApp = signInPath("/settings/authenticator-app");

export default async function DonePage() {
  const [t, offer] = await Promise.all([getTranslations("activate.done"), getTranslations("offer")]);
  return (
    <SignInPanel
      wide
      under={
        <>
          <p>{offer("later")}</p>
          <p>{t("letter")}</p>
        </>
      }
    >
      <div className="center success">
        <Burst />
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
      </div>
      <SecondFactorOffer
        passkey={{
          icon: "fingerprint",
          heading: offer("heading"),
          text: offer("text"),
          good: [offer("nothingToType"), offer("noFalseSite"), offer("stays")],
          href: toPasskeys,
          setUp: offer("setUp"),
          other: offer.rich("orApp", { a: (words) => <a href={toApp}>{words}</a> }),
        }}
        app={{
          icon: "otp-app",
          heading: offer("app.heading"),
          text: offer("app.text"),
          good: [offer("app.code"), offer("app.offline"), offer("app.safe")],
          href: toApp,
          setUp: offer("app.setUp"),
          other: offer.rich("app.orPhone", { a: (words) => <a href={toPasskeys}>{words}</a> }),
        }}
      />
      <p className="center">
        <LinkButton variant="quiet" href="/sign-in">
          {offer("skip")}
        </LinkButton>
      </p>
    </SignInPanel>
  );
}
