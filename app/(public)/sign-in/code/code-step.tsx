import { getLocale } from "next-intl/server";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { CodeFields, type CodeFieldsProps } from "./code-fields.tsx";
import { SendAgain } from "./send-again.tsx";

type Props = CodeFieldsProps & {
  /** Where the other ways are. */
  elsewhere: string;
  /** Where a recovery code can be typed instead. */
  recovery: string | null;
};

const guideOf = { totp: "authenticator-app", email: "email-otp" } as const;

/** A code, and what to do where it cannot be had. `children` stands above the heading. */
export async function CodeStep({ elsewhere, recovery, children, ...asked }: Props) {
  const [language, t] = await Promise.all([getLocale(), getTranslations("signIn.code")]);
  const { email } = messages[language].signIn.code;
  const { method } = asked;
  return (
    <>
      <CodeFields {...asked}>
        {children}
        <h1>{t(`${method}.heading`)}</h1>
      </CodeFields>
      <section className="elsewhere">
        <h2 className="h4">{t(`${method}.none`)}</h2>
        {method === "email" && <SendAgain words={email} />}
        <ul className="links">
          {recovery && (
            <li>
              <a href={recovery}>
                <Icon name="key" small />
                {t("useRecovery")}
              </a>
            </li>
          )}
          <li>
            <a href={elsewhere}>
              <Icon name="fingerprint" small />
              {t("otherWay")}
            </a>
          </li>
          {method !== "recovery" && (
            <li>
              <GuideLink to={guideOf[method]} />
            </li>
          )}
          <li>
            <a href="/guide/first-aid">
              <Icon name="help" small />
              {t("stuck")}
            </a>
          </li>
        </ul>
      </section>
    </>
  );
}
