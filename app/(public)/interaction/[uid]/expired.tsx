import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

/** Nothing waits here, in this browser: which system it was nobody knows any more. */
export async function Expired() {
  const t = await getTranslations("interaction");
  return (
    <SignInPanel>
      <h1>{t("expired.heading")}</h1>
      <p className="lead">{t("expired.lead")}</p>
      <div className="actions">
        <LinkButton block href="/home">
          {t("home")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
