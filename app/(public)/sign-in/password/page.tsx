import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { readCookie } from "#lib/server/browser-cookies.ts";
import { config } from "#lib/server/config.ts";
import { currentContext } from "#lib/server/current-context.ts";
import { currentCeremony } from "#lib/sign-in/current-ceremony.ts";
import { messages } from "#lib/text/messages.ts";
import { signInPath } from "../sign-in-path.ts";
import { PasswordForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn.password"))("title") };
}

export default async function PasswordPage() {
  const [language, t, ceremonyToken] = await Promise.all([
    getLocale(),
    getTranslations("signIn.password"),
    readCookie("sign-in"),
  ]);
  const ceremony = ceremonyToken ? await currentCeremony(await currentContext(), ceremonyToken) : null;
  if (!ceremony) redirect("/sign-in?notice=startAgain");
  const { form, signIn } = messages[language];
  const { helpdeskPhone } = config().agency;
  return (
    <SignInPanel
      under={
        <div className="links">
          <p>
            {t.rich("forgot", {
              phone: helpdeskPhone,
              a: (words) => (
                <a className="nowrap" href={telephoneHref(helpdeskPhone)}>
                  {words}
                </a>
              ),
            })}
          </p>
          <p>{t.rich("notActivated", { a: (words) => <a href="/activate">{words}</a> })}</p>
        </div>
      }
    >
      <div className="who">
        <Icon name="user" />
        <span className="num">
          <span className="sr">{t("yourNumber")}</span> {ceremony.identityShown}
        </span>
        <a className="btn btn-quiet btn-s" href={signInPath(ceremony.returnTo)}>
          {t("change")}
          <span className="sr">{t("changeMore")}</span>
        </a>
      </div>
      <PasswordForm words={signIn.password} summary={{ one: form.errorOne, many: form.errorMany }}>
        <h1>{t("heading")}</h1>
      </PasswordForm>
    </SignInPanel>
  );
}
