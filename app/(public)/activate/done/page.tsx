import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { Burst } from "#components/ui/burst.tsx";
import { LinkButton } from "#components/ui/button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("activate.done"))("title") };
}

export default async function DonePage() {
  const t = await getTranslations("activate.done");
  return (
    <SignInPanel wide under={<p>{t("letter")}</p>}>
      <div className="center success">
        <Burst />
        <h1>{t("heading")}</h1>
        <p className="lead">{t("lead")}</p>
        <p>{t("next")}</p>
        <LinkButton href="/sign-in" icon="login">
          {t("signIn")}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
