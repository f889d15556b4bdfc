import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";

type Props = {
  back: string;
  /** Nothing but a passkey will do. */
  onlyPasskey: boolean;
};

/** More is asked for than this account can prove: there is nothing to type here, but something to set up. */
export async function EnrolFirst({ back, onlyPasskey }: Props) {
  const t = await getTranslations("stepUp.enrol");
  return (
    <SignInPanel
      under={
        <p>
          <a href={back}>{t("back")}</a>
        </p>
      }
    >
      <h1>{t("heading")}</h1>
      <p className="lead">{t(onlyPasskey ? "leadPasskey" : "lead")}</p>
      <div className="actions">
        <LinkButton block href="/settings/passkeys">
          {t("passkey")}
        </LinkButton>
        {!onlyPasskey && (
          <LinkButton block variant="second" href="/settings/authenticator-app">
            {t("authenticatorApp")}
          </LinkButton>
        )}
      </div>
    </SignInPanel>
  );
}
