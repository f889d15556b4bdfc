import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

/** The agency takes no registrations: what those may do whom it registered itself, and whom to ask. */
export async function RegistrationClosed() {
  const t = await getTranslations("administration.closed");
  return (
    <SignInPanel>
      <h1>{t("heading")}</h1>
      <p className="lead">{t("text")}</p>
      <div className="actions">
        <LinkButton href="/activate" block>
          {t("activate")}
        </LinkButton>
        <LinkButton href="/sign-in" variant="second" block>
          {t("signIn")}
        </LinkButton>
      </div>
      <PhoneLink phone={config().agency.helpdeskPhone} />
    </SignInPanel>
  );
}
