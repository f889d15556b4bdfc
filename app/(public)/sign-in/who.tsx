import { Icon } from "#components/ui/icon.tsx";
import { signInPath } from "#lib/sign-in/sign-in-path.ts";
import { getTranslations } from "#lib/text/get-translations.ts";

type Props = {
  /** The number as typed, masked; null where a passkey or Google said who it is. */
  identityShown: string | null;
  returnTo: string | null;
};

/** Whose sign-in this is, as the person typed it, and the way to another. */
export async function Who({ identityShown, returnTo }: Props) {
  if (identityShown === null) return null;
  const t = await getTranslations("signIn.who");
  return (
    <div className="who">
      <Icon name="user" />
      <span className="num">
        <span className="sr">{t("yourNumber")}</span> {identityShown}
      </span>
      <a className="btn btn-quiet btn-s" href={signInPath(returnTo)}>
        {t("change")}
        <span className="sr">{t("changeMore")}</span>
      </a>
    </div>
  );
}
