import type { Metadata } from "next";
import { GuideLink } from "#components/layout/guide-link.tsx";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { currentSignIn } from "../current-sign-in.ts";
import { ForSystem } from "../for-system.tsx";
import { Part } from "../part.tsx";
import { Who } from "../who.tsx";
import { PasswordStep } from "./password-step.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("signIn.password"))("title") };
}

export default async function PasswordPage() {
  const [t, { ceremony }] = await Promise.all([
    getTranslations("signIn.password"),
    currentSignIn({ stepUp: "/sign-in/step-up?method=password", password: true }),
  ]);
  const isSecond = ceremony.proofs.length > 0;
  return (
    <SignInPanel
      under={
        <div className="links">
          {ceremony.isEnrolment ? (
            <p>
              <a href="/enrol">{t("backToEnrolment")}</a>
            </p>
          ) : (
            <p>
              <a href={isSecond ? "/sign-in/method?others" : "/sign-in/method"}>{t("otherWay")}</a>
            </p>
          )}
          <p>{t.rich("forgot", { a: (words) => <a href="/recover">{words}</a> })}</p>
          <GuideLink to="first-aid" />
          {!isSecond && !ceremony.isEnrolment && (
            <p>{t.rich("notActivated", { a: (words) => <a href="/activate">{words}</a> })}</p>
          )}
        </div>
      }
    >
      <ForSystem returnTo={ceremony.returnTo} />
      <Who {...ceremony} />
      <PasswordStep phrase={ceremony.phrase}>
        <Part isSecond={isSecond} />
        <h1>{t("heading")}</h1>
      </PasswordStep>
    </SignInPanel>
  );
}
