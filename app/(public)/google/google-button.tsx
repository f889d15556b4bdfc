import { Submit } from "#components/form/submit.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { registerWithGoogle, signInWithGoogle } from "./actions.ts";

/** Where the agency offers it; the same for everybody. */
export async function SignInWithGoogle({ returnTo }: { returnTo: string | null }) {
  if (!config().google) return null;
  const t = await getTranslations("google");
  return (
    <form action={signInWithGoogle}>
      {returnTo && <input type="hidden" name="returnTo" value={returnTo} />}
      <Submit variant="second" icon="google" block busy={t("leaving")}>
        {t("signIn")}
      </Submit>
    </form>
  );
}

/** Saves typing a name and an address; proves nothing of what the form asks for. */
export async function RegisterWithGoogle() {
  if (!config().google) return null;
  const t = await getTranslations("google");
  return (
    <form action={registerWithGoogle}>
      <p className="muted">{t("register.ask")}</p>
      <div className="actions">
        <Submit variant="second" icon="google" busy={t("leaving")}>
          {t("register.start")}
        </Submit>
      </div>
    </form>
  );
}
