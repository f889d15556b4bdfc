import { getTranslations } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";

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
