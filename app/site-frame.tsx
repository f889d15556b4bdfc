import { getFormatter, getLocale, getNow, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Submit } from "#components/form/submit.tsx";
import { Frame } from "#components/layout/frame.tsx";
import { isOfficialOrigin } from "#lib/kernel/official-origin.ts";
import { config } from "#lib/server/config.ts";
import { LanguageSwitch } from "./language-switch.tsx";

type Account = {
  name: string;
  /** Ends the session and leads away. */
  signOut: () => Promise<void>;
  /** The tab they are on. */
  here?: "home";
};

/** The frame of this deployment: the agency's name and address come from its configuration. */
export async function SiteFrame({ account, children }: { account?: Account; children: ReactNode }) {
  const { agency, mode, origin, version } = config();
  const [language, format, now] = await Promise.all([getLocale(), getFormatter(), getNow()]);
  return (
    <Frame
      agency={{ ...agency, name: language === "ms" ? agency.nameMs : agency.nameEn }}
      demo={mode === "demo"}
      official={isOfficialOrigin(origin)}
      version={version}
      year={format.dateTime(now, { year: "numeric" })}
      languageSwitch={<LanguageSwitch />}
      account={account && { name: account.name, here: account.here, signOut: <SignOut action={account.signOut} /> }}
    >
      {children}
    </Frame>
  );
}

async function SignOut({ action }: { action: () => Promise<void> }) {
  const t = await getTranslations("common");
  return (
    <form action={action}>
      <Submit variant="second" icon="logout" block small busy={t("signingOut")}>
        {t("signOut")}
      </Submit>
    </form>
  );
}
